import type { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { clientError, readInput } from './checks';
import { findEnvironment, findJob, findQueue, type BatchState } from './state';

const MAX_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

const checkTags = (tags: Tags): Tags => {
  const count = Object.keys(tags).length;
  if (count > MAX_TAGS) throw clientError(`a resource has at most ${MAX_TAGS} tags, got ${count}`);
  return tags;
};

/** Reads `tags` of a request. */
export const readTags = (reader: Reader): Tags => checkTags(reader.textMap('tags'));

const findTagged = (state: BatchState, arn: string): { tags: Tags } => {
  const kept = state.kept.get(arn);
  if (kept !== undefined) return kept;
  const [, , , , , resource = '', ...rest] = arn.split(':');
  const [kind, name = ''] = resource.split('/');
  if (kind === 'compute-environment') return findEnvironment(state, arn);
  if (kind === 'job-queue') return findQueue(state, arn);
  const found =
    kind === 'job-definition'
      ? state.definitions.get(name)?.find((definition) => definition.arn === arn)
      : kind === 'job'
        ? findJob(state, [name, ...rest].join(':'))
        : undefined;
  if (found === undefined) throw clientError(`resource '${arn}' does not exist`);
  return found;
};

/** Operations on the tags of whatever has an ARN here. */
export const tagOperations = (state: BatchState): Readonly<Record<string, Operation>> => ({
  TagResource: (input) => {
    const reader = readInput(input);
    const tagged = findTagged(state, reader.text('resourceArn'));
    tagged.tags = checkTags({ ...tagged.tags, ...reader.textMap('tags') });
    return {};
  },
  UntagResource: (input) => {
    const reader = readInput(input);
    const tagged = findTagged(state, reader.text('resourceArn'));
    const keys = reader.texts('tagKeys');
    tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !keys.includes(key)));
    return {};
  },
  ListTagsForResource: (input) => ({ tags: findTagged(state, readInput(input).text('resourceArn')).tags }),
});
