import { randomBytes } from 'node:crypto';
import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Reader } from '../core/reader';
import type { Input, Operation } from '../core/service';
import type { Bucket, Upload, UploadedPart } from './bucket';
import { CHECKSUMS, etagOf, md5, verifyChecksums } from './checksums';
import { checkWrite } from './conditions';
import { invalid } from './failures';
import { PROPERTY_MEMBERS, propertiesOf } from './properties';
import { bodyOf, keyOf, read, type Store } from './store';
import { commit, shownVersion } from './write';

const COMMON = ['Bucket', 'ChecksumAlgorithm', 'ChecksumType', 'ExpectedBucketOwner', 'Key'];
const CREATE_SUPPORTED = new Set([...COMMON, ...PROPERTY_MEMBERS]);
const PART_SUPPORTED = new Set([
  ...COMMON,
  ...CHECKSUMS,
  'Body',
  'ContentLength',
  'ContentMD5',
  'PartNumber',
  'UploadId',
]);
const COMPLETE_SUPPORTED = new Set([
  ...COMMON,
  ...CHECKSUMS,
  'IfMatch',
  'IfNoneMatch',
  'MpuObjectSize',
  'MultipartUpload',
  'UploadId',
]);
const ABORT_SUPPORTED = new Set([...COMMON, 'UploadId']);

const MAX_PARTS = 10_000;
const MIN_PART_BYTES = 5 * 1024 ** 2;

const uploadOf = (bucket: Bucket, input: Input): { uploadId: string; upload: Upload } => {
  const uploadId = read(input).text('UploadId');
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key !== keyOf(input)) {
    throw new AwsError('NoSuchUpload', `the upload ${uploadId} does not exist, or it is complete or aborted`, 404);
  }
  return { uploadId, upload };
};

const removeParts = async (store: Store, upload: Upload): Promise<void> => {
  for (const { blob } of upload.parts.values()) await store.blobs.remove(blob);
};

/** Begins an upload in parts. */
export const createMultipartUpload =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:CreateMultipartUpload', input, CREATE_SUPPORTED);
    const bucket = store.bucketOf(input);
    const key = keyOf(input);
    const properties = propertiesOf(bucket, input);
    const uploadId = randomBytes(32).toString('base64url');
    bucket.uploads.set(uploadId, { key, properties, parts: new Map() });
    return {
      Bucket: bucket.name,
      Key: key,
      UploadId: uploadId,
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
    };
  };

/** Takes one part; a part that comes again replaces the one before. */
export const uploadPart =
  (store: Store): Operation =>
  async (input) => {
    refuseOthers('s3:UploadPart', input, PART_SUPPORTED);
    const { upload } = uploadOf(store.bucketOf(input), input);
    const number = read(input).number('PartNumber');
    if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
      throw invalid(`'PartNumber' must be from 1 to ${MAX_PARTS}, got ${number}`);
    }
    const body = bodyOf(input);
    const checksum = verifyChecksums(input, body);
    const etag = etagOf(body);
    const part = { blob: await store.blobs.write(body), size: body.length, etag };
    const replaced = upload.parts.get(number);
    upload.parts.set(number, part);
    if (replaced !== undefined) await store.blobs.remove(replaced.blob);
    return { ETag: etag, ServerSideEncryption: upload.properties.ServerSideEncryption, ...checksum };
  };

const bare = (etag: string): string => etag.replaceAll('"', '');

/** The parts that a completion names, in their order, after all checks of S3. */
const partsOf = (upload: Upload, named: readonly Reader[]): readonly UploadedPart[] => {
  if (named.length === 0) throw new AwsError('MalformedXML', 'an upload is completed with at least one part');
  const numbers = named.map((part) => part.number('PartNumber'));
  if (numbers.some((number, index) => index > 0 && number <= numbers[index - 1])) {
    throw new AwsError('InvalidPartOrder', `parts must be in ascending order, got ${numbers.join(', ')}`);
  }
  const parts = named.map((part, index) => {
    const found = upload.parts.get(numbers[index]);
    if (found === undefined || bare(found.etag) !== bare(part.text('ETag'))) {
      throw new AwsError('InvalidPart', `part ${numbers[index]} was not uploaded, or has another ETag`);
    }
    return found;
  });
  const small = parts.slice(0, -1).findIndex(({ size }) => size < MIN_PART_BYTES);
  if (small >= 0) {
    throw new AwsError(
      'EntityTooSmall',
      `every part but the last must have ${MIN_PART_BYTES} bytes, part ${numbers[small]} has ${parts[small].size}`,
    );
  }
  return parts;
};

/** Makes the parts one object. */
export const completeMultipartUpload =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:CompleteMultipartUpload', input, COMPLETE_SUPPORTED);
    const bucket = store.bucketOf(input);
    const { uploadId, upload } = uploadOf(bucket, input);
    const parts = partsOf(upload, read(input).optionalRecord('MultipartUpload')?.records('Parts') ?? []);
    checkWrite(bucket, upload.key, input);

    const digests = parts.map(({ etag }) => Buffer.from(bare(etag), 'hex'));
    const etag = `"${md5(Buffer.concat(digests)).toString('hex')}-${parts.length}"`;
    const blob = await store.blobs.concatenate(parts.map((part) => part.blob));
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const content = { blob, size, etag, properties: upload.properties, checksum: {} };
    const { versionId } = await commit(store, bucket, upload.key, content, call, 'CompleteMultipartUpload', input);
    bucket.uploads.delete(uploadId);
    await removeParts(store, upload);
    return {
      Location: `${store.world.url}/${bucket.name}/${encodeURIComponent(upload.key)}`,
      Bucket: bucket.name,
      Key: upload.key,
      ETag: etag,
      VersionId: shownVersion(bucket, versionId),
      ServerSideEncryption: upload.properties.ServerSideEncryption,
      SSEKMSKeyId: upload.properties.SSEKMSKeyId,
    };
  };

/** Gives an upload up. */
export const abortMultipartUpload =
  (store: Store): Operation =>
  async (input) => {
    refuseOthers('s3:AbortMultipartUpload', input, ABORT_SUPPORTED);
    const bucket = store.bucketOf(input);
    const { uploadId, upload } = uploadOf(bucket, input);
    bucket.uploads.delete(uploadId);
    await removeParts(store, upload);
    return {};
  };
