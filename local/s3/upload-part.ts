import { AwsError } from '../core/errors';
import { Incoming } from '../core/incoming';
import { refuseOthers } from '../core/parameters';
import type { Input, Operation } from '../core/service';
import type { Bucket, ObjectContent, Upload, UploadedPart } from './bucket';
import { CHECKSUMS, sentChecksum } from './checksums';
import { SOURCE_MEMBERS, sourceOf, useSource } from './copy-source';
import { invalid } from './failures';
import { useKey } from './object-key';
import type { Slice } from './range';
import { receive } from './receive';
import { bodyOf, read, type Store } from './store';
import { UPLOAD_MEMBERS, uploadOf } from './uploads';
import { shownVersion } from './write';

const PART_MEMBERS = [...UPLOAD_MEMBERS, 'PartNumber', 'UploadId'];
const PART_SUPPORTED = new Set([...PART_MEMBERS, ...CHECKSUMS, 'Body', 'ContentLength', 'ContentMD5']);
const COPY_SUPPORTED = new Set([...PART_MEMBERS, ...SOURCE_MEMBERS, 'CopySourceRange']);
const MAX_PARTS = 10_000;
const PART_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'] as const;

const numberOf = (input: Input): number => {
  const number = read(input).number('PartNumber');
  if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
    throw invalid(`'PartNumber' must be from 1 to ${MAX_PARTS}, got ${number}`);
  }
  return number;
};

/** Keeps a part; one that comes again replaces the one before. */
const keep = async (
  store: Store,
  bucket: Bucket,
  upload: Upload,
  number: number,
  body: Incoming,
  input: Input,
): Promise<UploadedPart> => {
  const sent = sentChecksum(input, body.announced);
  if (upload.isAsked && sent !== undefined && sent !== upload.checksum) {
    throw new AwsError('InvalidRequest', `the upload takes parts with ${upload.checksum}, got one with ${sent}`);
  }
  const received = await receive(store, body, input, upload.properties, upload.checksum);
  const part = { ...received, modified: store.world.clock.date() };
  if (![...bucket.uploads.values()].includes(upload)) {
    await store.blobs.remove(part.blob);
    throw new AwsError('NoSuchUpload', 'the upload ended while the part came', 404);
  }
  const replaced = upload.parts.get(number);
  upload.parts.set(number, part);
  if (replaced !== undefined) await store.blobs.remove(replaced.blob);
  return part;
};

/** Takes one part. */
export const uploadPart =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:UploadPart', input, PART_SUPPORTED);
    const bucket = store.bucketOf(input);
    const { upload } = uploadOf(bucket, input);
    await useKey(store, call, bucket, upload.key, upload.properties, ...PART_ACTIONS);
    const part = await keep(store, bucket, upload, numberOf(input), bodyOf(input), input);
    const { ServerSideEncryption, SSEKMSKeyId } = upload.properties;
    return { ETag: part.etag, ServerSideEncryption, SSEKMSKeyId, ...part.checksum };
  };

/** The bytes that a copy of a part wants: all, or `bytes=FIRST-LAST` within them. */
const sliceOf = (input: Input, { size }: ObjectContent): Slice => {
  const range = read(input).optionalText('CopySourceRange');
  if (range === undefined) return { start: 0, length: size };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (!(start <= end)) throw invalid(`'CopySourceRange' must be bytes=FIRST-LAST, got ${range}`);
  if (end >= size) throw invalid(`'CopySourceRange' must be within the ${size} bytes of the source, got ${range}`);
  return { start, length: end - start + 1 };
};

/** Takes one part from another object. */
export const uploadPartCopy =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:UploadPartCopy', input, COPY_SUPPORTED);
    const target = store.bucketOf(input);
    const { upload } = uploadOf(target, input);
    const number = numberOf(input);
    await useSource(store, call);
    await useKey(store, call, target, upload.key, upload.properties, ...PART_ACTIONS);
    const { version, content, bucket } = sourceOf(store, input);
    const slice = sliceOf(input, content);
    const body = slice.length === 0 ? bodyOf({}) : new Incoming(store.blobs.read(content.blob, slice));
    const { etag, modified, checksum } = await keep(store, target, upload, number, body, {});
    const { ServerSideEncryption, SSEKMSKeyId } = upload.properties;
    return {
      CopyPartResult: { ETag: etag, LastModified: modified, ...(upload.isAsked ? checksum : {}) },
      CopySourceVersionId: shownVersion(bucket, version.versionId),
      ...{ ServerSideEncryption, SSEKMSKeyId },
    };
  };
