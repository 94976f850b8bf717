import type { Input } from '../core/service';
import { jsonFailure } from './json';
import { renderJson } from './json-body';
import type { Protocol } from './protocol';
import type { WireRequest } from './request';

const CONTENT_TYPE = 'application/json';

/** The members of an input that are in the query: a name that ends in `Keys` is a list. */
export const queryInput = (query: URLSearchParams): Input =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => [name, name.endsWith('Keys') ? query.getAll(name) : query.get(name)]),
  );

/** REST with JSON bodies; `read` knows the paths of one service. */
export const restJson = (read: Protocol['read']): Protocol => ({
  read,
  write: (output, invocation, request) => ({
    status: invocation.status ?? 200,
    headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': request.id },
    body: invocation.status === 204 ? '' : renderJson(output),
  }),
  fail: (error, request: WireRequest) => jsonFailure(error, request.id, CONTENT_TYPE),
});
