import { notSupported } from '../core/errors';
import { nearestTo } from '../core/nearest';
import { parseJson } from './json-body';
import type { Protocol } from './protocol';
import { queryInput, restJson } from './rest-json';

const TAGS = /^\/v1\/tags\/(.+)$/;
const TAG_OPERATIONS = new Map([
  ['GET', 'ListTagsForResource'],
  ['POST', 'TagResource'],
  ['DELETE', 'UntagResource'],
]);

const VERBS = 'register|deregister|submit|create|update|delete|describe|list|get|cancel|terminate';
const NOUNS =
  'compute|environments?|scheduling|policy|policies|consumable|resources?|service|jobs?|definitions?|quota|shares?';
const WORDS = new RegExp(`${VERBS}|${NOUNS}|queues?(?!napshot)|snapshot|by`, 'g');

/** The name of an operation that is not there, of which only the path in lower case is known. */
const nameOf = (path: string): string =>
  path.replace('/v1/', '').replace(WORDS, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** AWS Batch: the path is the operation in lower case, except for tags. */
export const batch: Protocol = restJson(({ method, path, query, body }, operations) => {
  const resource = TAGS.exec(path)?.[1];
  const tagOperation = TAG_OPERATIONS.get(method);
  if (resource !== undefined && tagOperation !== undefined) {
    const input = { ...queryInput(query), ...parseJson(body), resourceArn: decodeURIComponent(resource) };
    return { operation: tagOperation, input };
  }
  const operation = operations.find((name) => path === `/v1/${name.toLowerCase()}`);
  if (operation === undefined || method !== 'POST') {
    const name = `batch:${nameOf(path)}`;
    throw notSupported(`the operation ${name} (${method} ${path})`, nearestTo(name));
  }
  return { operation, input: parseJson(body) };
});
