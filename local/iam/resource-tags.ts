import type { Ask } from '../core/authorizer';
import { type Need, recordIn } from './needs/need';

/** A job that exists: what is yet to be made has no tags. */
const JOB = /^arn:[^:]*:batch:[^:]*:[^:]*:job\/[^*]+$/;

/** A need with the tags of the job that it is about, as policies of teams ask for them; other tags are not read. */
export const withResourceTags = async (need: Need, ask: Ask): Promise<Need> => {
  const [resourceArn, ...others] = need.resources;
  if (others.length > 0 || !JOB.test(resourceArn)) return need;
  // Of a job that does not exist, its service says so.
  const output = await ask('batch', 'ListTagsForResource', { resourceArn }).catch(() => ({}));
  const tags = Object.entries(recordIn(output, 'tags'));
  const context = Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, String(value)]));
  return { ...need, context: { ...need.context, ...context } };
};
