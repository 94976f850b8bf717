import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readBody, type Upload, uploadOf } from './body';
import { readScope, type Scope } from './scope';

/** A request as it came over the wire, without frames. */
export interface WireRequest extends Scope {
  readonly id: string;
  /** When it came, in milliseconds of the endpoint's clock. */
  readonly time: number;
  readonly method: string;
  /** Still percent-encoded: a key may hold anything, dot segments included. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Whole, but for the bytes of an object. */
  readonly body: Buffer;
  /** The bytes of an object, which are read as they come. */
  readonly upload?: Upload;
}

/** One header as text. */
export const header = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

const BESIDE_AN_OBJECT = /^(x-id|partNumber|uploadId|x-amz-.*)$/i;

/** Whether a request carries the bytes of an object: PUT of a key, and of none of its subresources. */
const carriesObject = (service: string, method: string, path: string, query: URLSearchParams): boolean =>
  service === 's3' &&
  method === 'PUT' &&
  /^\/[^/]+\/./.test(path) &&
  [...query.keys()].every((name) => BESIDE_AN_OBJECT.test(name));

/** Reads a request, and its body unless that is an object. */
export const readRequest = async (message: IncomingMessage, id: string, time: number): Promise<WireRequest> => {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  const path = mark < 0 ? target : target.slice(0, mark);
  const { headers, method = 'GET' } = message;
  const scope = readScope(headers.authorization, query);
  const isObject = carriesObject(scope.service, method, path, query);
  return {
    ...{ id, time, method, path, query, headers, ...scope },
    body: isObject ? Buffer.alloc(0) : await readBody(message),
    upload: isObject ? uploadOf(message) : undefined,
  };
};
