import type { KeyPrefix, ObjectLocation } from '../../lib/contracts/items';
import type { Invocation, Note } from '../../lambda/shared/log';
import type { Objects } from '../../lambda/shared/objects';

/** Nobody listens. */
export const unheard: Note = () => undefined;

/** A call of a function by nobody in particular. */
export const CALL: Invocation = {
  awsRequestId: 'request-1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
};

/** Items may be anywhere in these buckets. */
export const allOf = (...buckets: readonly string[]): readonly KeyPrefix[] =>
  buckets.map((bucket) => ({ bucket, prefix: '' }));

/** `Name: message` of what a call is refused with. */
export const refusalOf = async (call: () => unknown): Promise<string> => {
  try {
    await call();
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing was refused');
};

const unexpected = (what: string) => () => {
  throw new Error(`unexpected: ${what}`);
};

/** Objects of which only the given operations may be used. */
export const objectsWith = (operations: Partial<Objects>): Objects => ({
  read: unexpected('read'),
  keys: unexpected('keys'),
  write: unexpected('write'),
  ...operations,
});

/** A stream of exactly these pieces, which tells how many were taken. */
export const pieces = (...chunks: readonly (string | Uint8Array)[]) => {
  const stream = {
    taken: 0,
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) {
        stream.taken += 1;
        yield await Promise.resolve(Buffer.from(chunk));
      }
    },
  };
  return stream;
};

/** Objects in which every location has this content. */
export const readable = (content: AsyncIterable<Uint8Array>): Objects =>
  objectsWith({ read: () => Promise.resolve(content) });

export const MANIFEST: ObjectLocation = { bucket: 'data', key: 'in/list.jsonl' };
