import { refuseOthers } from '../core/parameters';
import type { Operation } from '../core/service';
import { CHECKSUMS, etagOf, verifyChecksums } from './checksums';
import { checkWrite } from './conditions';
import { PROPERTY_MEMBERS, propertiesOf } from './properties';
import { bodyOf, keyOf, type Store } from './store';
import { commit, shownVersion } from './write';

const SUPPORTED = new Set([
  ...PROPERTY_MEMBERS,
  ...CHECKSUMS,
  'Body',
  'Bucket',
  'ChecksumAlgorithm',
  'ContentLength',
  'ContentMD5',
  'ExpectedBucketOwner',
  'IfMatch',
  'IfNoneMatch',
  'Key',
]);

/** Writes an object at once. */
export const putObject =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:PutObject', input, SUPPORTED);
    const bucket = store.bucketOf(input);
    const key = keyOf(input);
    const body = bodyOf(input);
    const properties = propertiesOf(bucket, input);
    const checksum = verifyChecksums(input, body);
    checkWrite(bucket, key, input);
    const etag = etagOf(body);
    const content = { blob: await store.blobs.write(body), size: body.length, etag, properties, checksum };
    const { versionId } = await commit(store, bucket, key, content, call, 'PutObject', input);
    return {
      ETag: etag,
      VersionId: shownVersion(bucket, versionId),
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
      ...checksum,
    };
  };
