import { notSupported } from '../core/errors';
import { parseJson } from './json-body';
import type { Protocol } from './protocol';
import { queryInput, restJson } from './rest-json';

const TAGS = /^\/v1\/tags\/(.+)$/;
const TAG_OPERATIONS = new Map([
  ['GET', 'ListTagsForResource'],
  ['POST', 'TagResource'],
  ['DELETE', 'UntagResource'],
]);

/** AWS Batch: the path is the operation in lower case, except for tags. */
export const batch: Protocol = restJson(({ method, path, query, body }, operations) => {
  const resource = TAGS.exec(path)?.[1];
  const tagOperation = TAG_OPERATIONS.get(method);
  if (resource !== undefined && tagOperation !== undefined) {
    const input = { ...queryInput(query), ...parseJson(body), resourceArn: decodeURIComponent(resource) };
    return { operation: tagOperation, input };
  }
  const operation = operations.find((name) => path === `/v1/${name.toLowerCase()}`);
  if (operation === undefined || method !== 'POST') throw notSupported(`${method} ${path} of batch`);
  return { operation, input: parseJson(body) };
});
