import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation, Output } from '../core/service';
import type { Bucket, ObjectContent, ObjectVersion } from './bucket';
import { checkRead, READ_CONDITIONS } from './conditions';
import { noSuchKey, noSuchVersion } from './failures';
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

const prepare = (store: Store, operation: string, input: Input) => {
  refuseOthers(`s3:${operation}`, input, SUPPORTED);
  const bucket = store.bucketOf(input);
  const found = findVersion(bucket, keyOf(input), read(input).optionalText('VersionId'));
  checkRead(found.content, found.version.modified, input);
  const slice = sliceOf(read(input).optionalText('Range'), found.content.size);
  return { found, slice, description: describe(bucket, found, slice, input) };
};

/** Reads an object, or a range of it. */
export const getObject =
  (store: Store): Operation =>
  async (input) => {
    const { found, slice, description } = prepare(store, 'GetObject', input);
    return { ...description, Body: await store.blobs.read(found.content.blob, slice.start, slice.length) };
  };

/** Tells about an object without its bytes. */
export const headObject =
  (store: Store): Operation =>
  (input) =>
    prepare(store, 'HeadObject', input).description;
