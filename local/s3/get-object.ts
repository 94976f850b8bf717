import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Call, Input, Operation, Output } from '../core/service';
import type { Bucket, ObjectContent, ObjectVersion } from './bucket';
import { checkRead, READ_CONDITIONS } from './conditions';
import { noSuchKey, noSuchVersion } from './failures';
import { useKey } from './object-key';
import { type Slice, sliceOf } from './range';
import { keyOf, read, type Store } from './store';
import { shownVersion } from './write';

/** Members of a read that replace what was put, for presigned downloads. */
const OVERRIDES = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
];

const SUPPORTED = new Set([
  ...READ_CONDITIONS,
  ...OVERRIDES.map((member) => `Response${member}`),
  'Bucket',
  'ChecksumMode',
  'ExpectedBucketOwner',
  'Key',
  'Range',
  'VersionId',
]);

/** A version that has bytes. */
export interface Found {
  readonly version: ObjectVersion;
  readonly content: ObjectContent;
}

/** The version that a read means: the latest, or the one it names. */
export const findVersion = (bucket: Bucket, key: string, versionId: string | undefined): Found => {
  if (versionId === undefined) {
    const version = bucket.latest(key);
    if (version?.content === undefined) throw noSuchKey(key);
    return { version, content: version.content };
  }
  const version = bucket.versions(key).find((candidate) => candidate.versionId === versionId);
  if (version === undefined) throw noSuchVersion(key, versionId);
  if (version.content === undefined) {
    throw new AwsError('MethodNotAllowed', `the version ${versionId} of ${key} is a delete marker`, 405);
  }
  return { version, content: version.content };
};

const overridesOf = (input: Input): Output =>
  Object.fromEntries(
    OVERRIDES.filter((member) => read(input).has(`Response${member}`)).map((member) => [
      member,
      input[`Response${member}`],
    ]),
  );

const describe = (bucket: Bucket, { version, content }: Found, slice: Slice, input: Input): Output => ({
  ...content.properties,
  ...overridesOf(input),
  AcceptRanges: 'bytes',
  ContentLength: slice.length,
  ContentRange: slice.contentRange,
  ETag: content.etag,
  LastModified: version.modified,
  VersionId: shownVersion(bucket, version.versionId),
  // The checksum is that of the whole object.
  ...(read(input).optionalText('ChecksumMode') === 'ENABLED' && slice.contentRange === undefined
    ? content.checksum
    : {}),
});

/** Who may not list a bucket is not told what is missing in it. */
const missing = async (store: Store, call: Call, bucket: Bucket, error: unknown): Promise<unknown> => {
  if (!(error instanceof AwsError) || error.statusCode !== 404) return error;
  const listing = { service: 's3', operation: 'ListObjectsV2', principal: call.principal };
  return store.world
    .call({ ...listing, input: { Bucket: bucket.name, MaxKeys: 0 } })
    .then(() => error)
    .catch((denied: unknown) => (denied instanceof AwsError && denied.statusCode === 403 ? denied : error));
};

/** What a read answers; `finish` runs at once, before another write can remove the bytes. */
const answer = async (
  store: Store,
  input: Input,
  call: Call,
  finish: (description: Output, content: ObjectContent, slice: Slice) => Output,
): Promise<Output> => {
  refuseOthers(`s3:${call.operation}`, input, SUPPORTED);
  const bucket = store.bucketOf(input);
  const find = () => findVersion(bucket, keyOf(input), read(input).optionalText('VersionId'));
  try {
    if (call.operation === 'GetObject') {
      await useKey(store, call, bucket, keyOf(input), find().content.properties, 'kms:Decrypt');
    }
    const found = find();
    checkRead(found.content, found.version.modified, input);
    const slice = sliceOf(read(input).optionalText('Range'), found.content.size);
    return finish(describe(bucket, found, slice, input), found.content, slice);
  } catch (error) {
    throw await missing(store, call, bucket, error);
  }
};

/** Reads an object, or a range of it. */
export const getObject =
  (store: Store): Operation =>
  async (input, call) => {
    const { Body, ...description } = await answer(store, input, call, (described, { blob }, slice) => ({
      ...described,
      Body: slice.length === 0 ? Readable.from([]) : store.blobs.read(blob, slice),
    }));
    if (call.streams === true || !(Body instanceof Readable)) return { ...description, Body };
    return { ...description, Body: await buffer(Body) };
  };

/** Tells about an object without its bytes. */
export const headObject =
  (store: Store): Operation =>
  (input, call) =>
    answer(store, input, call, (description) => description);
