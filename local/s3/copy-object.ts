import { notSupported } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation } from '../core/service';
import { etagOf } from './checksums';
import { checkWrite } from './conditions';
import { invalid } from './failures';
import { findVersion } from './get-object';
import { PROPERTY_MEMBERS, propertiesOf } from './properties';
import { keyOf, read, type Store } from './store';
import { commit, shownVersion } from './write';

const SUPPORTED = new Set([
  ...PROPERTY_MEMBERS,
  'Bucket',
  'ChecksumAlgorithm',
  'CopySource',
  'ExpectedBucketOwner',
  'IfMatch',
  'IfNoneMatch',
  'Key',
  'MetadataDirective',
]);

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
};

/** `BUCKET/KEY[?versionId=ID]`, percent-encoded, with or without a slash in front. */
const sourceOf = (input: Input): { Bucket: string; Key: string; VersionId: string | undefined } => {
  const text = read(input).text('CopySource');
  const [path, version] = text.split('?versionId=');
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decode(path));
  if (match === null) throw invalid(`'CopySource' must be BUCKET/KEY, percent-encoded, got ${JSON.stringify(text)}`);
  const [, bucket, key] = match;
  return { Bucket: bucket, Key: key, VersionId: version === '' ? undefined : version };
};

/** Copies an object, with its metadata unless told to replace it. */
export const copyObject =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:CopyObject', input, SUPPORTED);
    const target = store.bucketOf(input);
    const key = keyOf(input);
    const source = sourceOf(input);
    const sourceBucket = store.bucketOf(source);
    const { version, content } = findVersion(sourceBucket, source.Key, source.VersionId);
    const directive = read(input).optionalText('MetadataDirective') ?? 'COPY';
    if (directive !== 'COPY' && directive !== 'REPLACE') throw notSupported(`the metadata directive ${directive}`);

    const encryption = { ServerSideEncryption: input.ServerSideEncryption, SSEKMSKeyId: input.SSEKMSKeyId };
    const storage = { StorageClass: input.StorageClass };
    const properties = propertiesOf(
      target,
      directive === 'REPLACE' ? input : { ...content.properties, ...encryption, ...storage },
    );
    checkWrite(target, key, input);
    const body = await store.blobs.read(content.blob, 0, content.size);
    const etag = etagOf(body);
    const copy = { ...content, blob: await store.blobs.write(body), etag, properties };
    const written = await commit(store, target, key, copy, call, 'CopyObject', input);
    return {
      CopyObjectResult: { ETag: etag, LastModified: written.modified },
      VersionId: shownVersion(target, written.versionId),
      CopySourceVersionId: shownVersion(sourceBucket, version.versionId),
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
    };
  };
