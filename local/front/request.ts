import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { AwsError } from '../core/errors';
import { deframe, isFramed } from './chunked';
import { readScope, type Scope } from './scope';

/** A request as it came over the wire, whole and de-framed. */
export interface WireRequest extends Scope {
  readonly id: string;
  readonly method: string;
  /** Still percent-encoded: a key may hold anything, dot segments included. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A body is held in memory once; larger objects go up in parts. */
const MAX_BODY_BYTES = 1024 ** 3;

/** One header as text. */
export const header = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a request body is bytes');
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new AwsError('EntityTooLarge', `a request body must not exceed ${MAX_BODY_BYTES} bytes`, 413);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};

/** Reads a whole request; the trailers of a framed body become headers. */
export const readRequest = async (message: IncomingMessage, id: string): Promise<WireRequest> => {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  const raw = await readBody(message);
  const { body, trailers } = isFramed(message.headers) ? deframe(raw) : { body: raw, trailers: {} };
  return {
    id,
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query,
    headers: { ...message.headers, ...trailers },
    body,
    ...readScope(message.headers.authorization, query),
  };
};
