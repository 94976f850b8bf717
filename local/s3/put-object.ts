import { refuseOthers } from '../core/parameters';
import type { Operation } from '../core/service';
import { CHECKSUMS } from './checksums';
import { checkWrite } from './conditions';
import { useKey } from './object-key';
import { PROPERTY_MEMBERS, propertiesOf } from './properties';
import { receive } from './receive';
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
    const properties = propertiesOf(bucket, input);
    await useKey(store, call, bucket, key, properties, 'kms:GenerateDataKey');
    const recheck = checkWrite(bucket, key, input);
    const received = await receive(store, bodyOf(input), input, properties);
    const checksum = { ...received.checksum, ChecksumType: 'FULL_OBJECT' };
    const content = { ...received, properties, checksum };
    const { versionId } = await commit(store, bucket, key, content, call, 'PutObject', recheck);
    return {
      ETag: content.etag,
      VersionId: shownVersion(bucket, versionId),
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
      BucketKeyEnabled: properties.BucketKeyEnabled,
      ...checksum,
    };
  };
