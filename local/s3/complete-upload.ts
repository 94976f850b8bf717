import { createHash } from 'node:crypto';
import { AwsError } from '../core/errors';
import { refuseOthers } from '../core/parameters';
import type { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { Upload, UploadedPart } from './bucket';
import { CHECKSUMS, digestOf } from './checksums';
import { checkWrite } from './conditions';
import { useKey } from './object-key';
import { through } from './receive';
import { read, type Store } from './store';
import { endUpload, typeOf, UPLOAD_MEMBERS, uploadOf } from './uploads';
import { commit, shownVersion } from './write';

const SUPPORTED = new Set([
  ...UPLOAD_MEMBERS,
  ...CHECKSUMS,
  'IfMatch',
  'IfNoneMatch',
  'MpuObjectSize',
  'MultipartUpload',
  'UploadId',
]);

const MIN_PART_BYTES = 5 * 1024 ** 2;

const bare = (etag: string): string => etag.replaceAll('"', '');

const checkChecksum = (
  { checksum: member, isAsked, isFullObject }: Upload,
  part: UploadedPart,
  named: Reader,
): void => {
  const number = named.number('PartNumber');
  const sent = named.optionalText(member);
  if (sent === undefined && isAsked && !isFullObject) {
    throw new AwsError('InvalidRequest', `the upload takes parts with ${member}; it is missing for part ${number}`);
  }
  if (sent !== undefined && sent !== part.checksum[member]) {
    throw new AwsError('InvalidPart', `part ${number} has another ${member}`);
  }
};

/** The parts that a completion names, in their order, after all checks of S3. */
const partsOf = (upload: Upload, named: readonly Reader[]): readonly UploadedPart[] => {
  if (named.length === 0) throw new AwsError('MalformedXML', 'an upload is completed with at least one part');
  const numbers = named.map((part) => part.number('PartNumber'));
  const isConsecutive = numbers.every((number, index) => number === index + 1);
  const isAscending = numbers.every((number, index) => index === 0 || number > numbers[index - 1]);
  if (!isAscending || (upload.isAsked && !upload.isFullObject && !isConsecutive)) {
    const order = isAscending ? 'consecutive from 1, as each has a checksum' : 'in ascending order';
    throw new AwsError('InvalidPartOrder', `parts must be ${order}, got ${numbers.join(', ')}`);
  }
  const parts = named.map((part, index) => {
    const found = upload.parts.get(numbers[index]);
    if (found === undefined || bare(found.etag) !== bare(part.text('ETag'))) {
      throw new AwsError('InvalidPart', `part ${numbers[index]} was not uploaded, or has another ETag`);
    }
    checkChecksum(upload, found, part);
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

/** The checksum of checksums, as of the bytes of each part's one after the other. */
const compositeOf = (member: string, parts: readonly UploadedPart[]): string => {
  const digest = digestOf(member);
  for (const { checksum } of parts) digest.update(Buffer.from(checksum[member] ?? '', 'base64'));
  return `${digest.digest().toString('base64')}-${parts.length}`;
};

const etagOf = (parts: readonly UploadedPart[]): string => {
  const digest = createHash('md5');
  for (const { etag } of parts) digest.update(bare(etag), 'hex');
  return `"${digest.digest('hex')}-${parts.length}"`;
};

/** Makes the parts one object. */
export const completeMultipartUpload =
  (store: Store): Operation =>
  async (input, call) => {
    refuseOthers('s3:CompleteMultipartUpload', input, SUPPORTED);
    const reader = read(input);
    const bucket = store.bucketOf(input);
    const begun = uploadOf(bucket, input).upload;
    await useKey(store, call, bucket, begun.key, begun.properties, 'kms:Decrypt');
    const { uploadId, upload } = uploadOf(bucket, input);
    const { key, properties, checksum: member } = upload;
    const parts = partsOf(upload, reader.optionalRecord('MultipartUpload')?.records('Parts') ?? []);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const expected = reader.optionalNumber('MpuObjectSize');
    if (expected !== undefined && expected !== size) {
      throw new AwsError('InvalidRequest', `the object was to have ${expected} bytes, its parts have ${size}`);
    }
    const recheck = checkWrite(bucket, key, input);
    const whole = upload.isFullObject ? [digestOf(member)] : [];
    const { blob } = await store.blobs.write(through(store.blobs.join(parts), whole));
    const actual = whole.at(0)?.digest().toString('base64') ?? compositeOf(member, parts);
    const sent = reader.optionalText(member);
    // The number of parts behind the checksum may be left out.
    if (sent !== undefined && sent !== actual && sent !== actual.replace(/-\d+$/, '')) {
      await store.blobs.remove(blob);
      throw new AwsError('BadDigest', `the ${member} that was sent, ${sent}, is not that of the object`);
    }
    const checksum = { [member]: actual, ChecksumType: typeOf(upload) };
    const content = { blob, size, etag: etagOf(parts), properties, checksum };
    const { versionId } = await commit(store, bucket, key, content, call, 'CompleteMultipartUpload', recheck);
    await endUpload(store, bucket, uploadId);
    return {
      Location: `${store.world.url}/${bucket.name}/${encodeURIComponent(key)}`,
      Bucket: bucket.name,
      Key: key,
      ETag: content.etag,
      VersionId: shownVersion(bucket, versionId),
      ServerSideEncryption: properties.ServerSideEncryption,
      SSEKMSKeyId: properties.SSEKMSKeyId,
      ...checksum,
    };
  };
