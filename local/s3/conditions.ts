import { AwsError } from '../core/errors';
import type { Input } from '../core/service';
import type { Bucket, ObjectContent } from './bucket';
import { noSuchKey } from './failures';
import { read } from './store';

const preconditionFailed = (condition: string): AwsError =>
  new AwsError('PreconditionFailed', `the condition ${condition} does not hold`, 412, { Condition: condition });

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');

const matches = (list: string, etag: string): boolean =>
  list.split(',').some((entry) => entry.trim() === '*' || bare(entry) === bare(etag));

/** Refuses a write or a deletion whose condition does not hold; returns what checks it again when the bytes have come. */
export const checkWrite = (bucket: Bucket, key: string, input: Input): (() => void) => {
  const reader = read(input);
  const ifNoneMatch = reader.optionalText('IfNoneMatch');
  const ifMatch = reader.optionalText('IfMatch');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new AwsError('NotImplemented', `a write takes If-None-Match with * only, got ${ifNoneMatch}`, 501);
  }
  const check = (): void => {
    const current = bucket.latest(key)?.content;
    if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
    if (ifMatch === undefined) return;
    if (current === undefined) throw noSuchKey(key);
    if (!matches(ifMatch, current.etag)) throw preconditionFailed('If-Match');
  };
  check();
  const wasDeleted = bucket.watchDeletions(key);
  return () => {
    check();
    if (ifNoneMatch !== undefined && wasDeleted()) {
      throw new AwsError('ConditionalRequestConflict', `${key} was deleted while it was written; try again`, 409);
    }
  };
};

/** Members of a read that `checkRead` looks at. */
export const READ_CONDITIONS = ['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince'];

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** HTTP dates count seconds; an unreadable one is ignored, as HTTP wants it. */
const instant = (value: unknown): number | undefined => {
  const date = typeof value === 'string' ? new Date(value) : value;
  if (!(date instanceof Date)) return undefined;
  return Number.isNaN(date.getTime()) ? undefined : seconds(date);
};

/** Refuses a read whose condition does not hold; an unchanged object is answered with 304. */
export const checkRead = (content: ObjectContent, modified: Date, input: Input): void => {
  const reader = read(input);
  const ifMatch = reader.optionalText('IfMatch');
  const unmodifiedSince = instant(input.IfUnmodifiedSince);
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, content.etag)) throw preconditionFailed('If-Match');
  } else if (unmodifiedSince !== undefined && seconds(modified) > unmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }

  const ifNoneMatch = reader.optionalText('IfNoneMatch');
  const modifiedSince = instant(input.IfModifiedSince);
  const unchanged =
    ifNoneMatch === undefined
      ? modifiedSince !== undefined && seconds(modified) <= modifiedSince
      : matches(ifNoneMatch, content.etag);
  if (unchanged) throw new AwsError('NotModified', 'the object has not changed', 304);
};

/** Refuses a copy whose condition on its source does not hold. */
export const checkCopy = (content: ObjectContent, modified: Date, input: Input): void => {
  try {
    checkRead(
      content,
      modified,
      Object.fromEntries(READ_CONDITIONS.map((condition) => [condition, input[`CopySource${condition}`]])),
    );
  } catch (error) {
    throw error instanceof AwsError && error.statusCode === 304 ? preconditionFailed('x-amz-copy-source-if') : error;
  }
};
