import type { IncomingMessage } from 'node:http';
import { AwsError } from '../core/errors';
import { deframe, isFramed } from './chunked';

/** The bytes of an object on their way in, without frames. */
export interface Upload {
  readonly chunks: AsyncIterable<Buffer>;
  /** Names of the headers that come after the bytes. */
  readonly announced: readonly string[];
  /** Those headers, once all bytes were read. */
  readonly trailers: () => Readonly<Record<string, string>>;
}

/** What S3 takes at once, and what is held in memory for all other requests. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3;
const MAX_BODY_BYTES = 1024 ** 3;

const tooLarge = (limit: number): AwsError =>
  new AwsError('EntityTooLarge', `a request body must not exceed ${limit} bytes`, 413);

async function* chunksOf(message: IncomingMessage, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    // Not destroyed when it is left early: the answer goes over the same connection.
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('a request body is bytes');
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      yield chunk;
    }
  } catch (error) {
    if (message.destroyed && !message.complete) throw new AwsError('IncompleteBody', 'the connection ended too early');
    throw error;
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, expected: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    yield chunk;
  }
  if (size !== expected) {
    throw new AwsError('IncompleteBody', `the body has ${size} bytes, its headers say ${expected}`);
  }
}

/** The bytes of an object as they come. */
export const uploadOf = (message: IncomingMessage, limit = MAX_OBJECT_BYTES): Upload => {
  const { headers } = message;
  const chunks = chunksOf(message, limit);
  if (!isFramed(headers)) return { chunks, announced: [], trailers: () => ({}) };
  const trailers: Record<string, string> = {};
  const announced = String(headers['x-amz-trailer'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const length = headers['x-amz-decoded-content-length'];
  const bytes = deframe(chunks, trailers);
  return {
    chunks: length === undefined ? bytes : counted(bytes, Number(length)),
    announced,
    trailers: () => trailers,
  };
};

/** A whole body in memory. */
export const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of uploadOf(message, MAX_BODY_BYTES).chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
};
