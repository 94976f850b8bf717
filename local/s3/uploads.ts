import { randomBytes } from 'node:crypto';
import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation } from '../core/service';
import type { Bucket, Upload } from './bucket';
import { DEFAULT_CHECKSUM, digestOf } from './checksums';
import { useKey } from './object-key';
import { PROPERTY_MEMBERS, propertiesOf } from './properties';
import { keyOf, read, type Store } from './store';

/** Members of every operation on an upload. */
export const UPLOAD_MEMBERS = ['Bucket', 'ChecksumAlgorithm', 'ChecksumType', 'ExpectedBucketOwner', 'Key'];

const CREATE_SUPPORTED = new Set([...UPLOAD_MEMBERS, ...PROPERTY_MEMBERS]);
const ABORT_SUPPORTED = new Set([...UPLOAD_MEMBERS, 'UploadId']);

/** Which checksum types an algorithm can have, as AWS's table says. */
const COMPOSITE_ONLY = new Set(['ChecksumSHA1', 'ChecksumSHA256']);

/** The checksum type that an upload shows. */
export const typeOf = ({ isFullObject }: Upload): string => (isFullObject ? 'FULL_OBJECT' : 'COMPOSITE');

/** The upload that an input names. */
export const uploadOf = (bucket: Bucket, input: Input): { uploadId: string; upload: Upload } => {
  const uploadId = read(input).text('UploadId');
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key !== keyOf(input)) {
    throw new AwsError('NoSuchUpload', `the upload ${uploadId} does not exist, or it is complete or aborted`, 404);
  }
  return { uploadId, upload };
};

/** Removes an upload and the bytes of its parts. */
export const endUpload = async (store: Store, bucket: Bucket, uploadId: string): Promise<void> => {
  const upload = bucket.uploads.get(uploadId);
  bucket.uploads.delete(uploadId);
  for (const { blob } of upload?.parts.values() ?? []) await store.blobs.remove(blob);
};

const checksumOf = (input: Input): Pick<Upload, 'checksum' | 'isFullObject' | 'isAsked'> => {
  const algorithm = read(input).optionalText('ChecksumAlgorithm');
  const checksum = algorithm === undefined ? DEFAULT_CHECKSUM : `Checksum${algorithm}`;
  digestOf(checksum);
  const standard = checksum === DEFAULT_CHECKSUM ? 'FULL_OBJECT' : 'COMPOSITE';
  const type = read(input).optionalText('ChecksumType') ?? standard;
  const isFullObject = type === 'FULL_OBJECT';
  if (isFullObject ? COMPOSITE_ONLY.has(checksum) : checksum === DEFAULT_CHECKSUM) {
    throw new AwsError(
      'InvalidRequest',
      `the checksum type ${type} cannot be used with ${algorithm ?? 'no algorithm'}`,
    );
  }
  return { checksum, isFullObject, isAsked: algorithm !== undefined };
};

/** Begins an upload in parts. */
export const createMultipartUpload =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:CreateMultipartUpload', input, CREATE_SUPPORTED);
    const bucket = store.bucketOf(input);
    const key = keyOf(input);
    const properties = propertiesOf(bucket, input);
    await useKey(store, call, bucket, key, properties, 'kms:GenerateDataKey');
    const uploadId = randomBytes(32).toString('base64url');
    const initiated = store.world.clock.date();
    const upload = { key, initiated, properties, parts: new Map(), ...checksumOf(input) };
    bucket.uploads.set(uploadId, upload);
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: uploadId,
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
      ...(upload.isAsked
        ? { ChecksumAlgorithm: upload.checksum.replace('Checksum', ''), ChecksumType: typeOf(upload) }
        : {}),
    };
  };

/** Gives an upload up. */
export const abortMultipartUpload =
  (store: Store): Operation =>
  async (input) => {
    refuseOthers('s3:AbortMultipartUpload', input, ABORT_SUPPORTED);
    const bucket = store.bucketOf(input);
    await endUpload(store, bucket, uploadOf(bucket, input).uploadId);
    return {};
  };
