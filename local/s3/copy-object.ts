import { AwsError, notSupported } from '../core/errors';
import { Incoming } from '../core/incoming';
import { refuseOthers } from '../core/parameters';
import type { Operation } from '../core/service';
import { checkWrite } from './conditions';
import { SOURCE_MEMBERS, sourceOf, useSource } from './copy-source';
import { useKey } from './object-key';
import { encryptionOf, PROPERTY_MEMBERS, propertiesOf } from './properties';
import { receive } from './receive';
import { keyOf, read, type Store } from './store';
import { commit, shownVersion } from './write';

const SUPPORTED = new Set([
  ...PROPERTY_MEMBERS,
  ...SOURCE_MEMBERS,
  'Bucket',
  'ChecksumAlgorithm',
  'ExpectedBucketOwner',
  'IfMatch',
  'IfNoneMatch',
  'Key',
  'MetadataDirective',
]);

/** Members without which a copy of an object to itself changes nothing. */
const CHANGES = ['ServerSideEncryption', 'StorageClass'];

/** Copies an object, with its metadata unless told to replace it. */
export const copyObject =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:CopyObject', input, SUPPORTED);
    const target = store.bucketOf(input);
    const key = keyOf(input);
    await useSource(store, call);
    await useKey(store, call, target, key, encryptionOf(target, input), 'kms:GenerateDataKey');
    const { version, content, bucket } = sourceOf(store, input);
    const directive = read(input).optionalText('MetadataDirective') ?? 'COPY';
    if (directive !== 'COPY' && directive !== 'REPLACE') throw notSupported(`the metadata directive ${directive}`);
    const isSame = bucket === target && version === bucket.latest(key);
    if (isSame && directive === 'COPY' && !CHANGES.some((member) => read(input).has(member))) {
      throw new AwsError('InvalidRequest', 'a copy of an object to itself must change its metadata or its encryption');
    }

    const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = input;
    const encryption = { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled };
    const storage = { StorageClass: input.StorageClass };
    const properties = propertiesOf(
      target,
      directive === 'REPLACE' ? input : { ...content.properties, ...encryption, ...storage },
    );
    const recheck = checkWrite(target, key, input);
    const algorithm = read(input).optionalText('ChecksumAlgorithm');
    const wanted = Object.keys(content.checksum).find((member) => member !== 'ChecksumType');
    const received = await receive(
      store,
      new Incoming(store.blobs.join([content])),
      {},
      properties,
      algorithm === undefined ? wanted : `Checksum${algorithm}`,
    );
    const checksum = { ...received.checksum, ChecksumType: 'FULL_OBJECT' };
    const written = await commit(
      store,
      target,
      key,
      { ...received, properties, checksum },
      call,
      'CopyObject',
      recheck,
    );
    return {
      CopyObjectResult: { ETag: received.etag, LastModified: written.modified, ...checksum },
      VersionId: shownVersion(target, written.versionId),
      CopySourceVersionId: shownVersion(bucket, version.versionId),
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
    };
  };
