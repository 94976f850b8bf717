import { refuseOthers } from '../core/parameters';
import type { Operation } from '../core/service';
import { type Bucket, compareKeys, type Upload } from './bucket';
import { afterMark, pageOf, pageRequestOf, shownMarks, shownPage, sizeOf } from './page';
import { read, type Store } from './store';
import { typeOf, UPLOAD_MEMBERS, uploadOf } from './uploads';

const SUPPORTED = new Set([
  'Bucket',
  'Delimiter',
  'EncodingType',
  'ExpectedBucketOwner',
  'KeyMarker',
  'MaxUploads',
  'Prefix',
  'UploadIdMarker',
]);
const PARTS_SUPPORTED = new Set([...UPLOAD_MEMBERS, 'MaxParts', 'PartNumberMarker', 'UploadId']);

const checksumOf = (upload: Upload) =>
  upload.isAsked
    ? { ChecksumAlgorithm: upload.checksum.replace('Checksum', ''), ChecksumType: typeOf(upload) }
    : undefined;

const shownUpload = (upload: Upload, account: string) => ({
  Initiator: { ID: account },
  Owner: { ID: account },
  StorageClass: upload.properties.StorageClass ?? 'STANDARD',
  ...checksumOf(upload),
});

/** By key, and those of a key as they began. */
const sortedUploads = (bucket: Bucket) =>
  [...bucket.uploads]
    .map(([uploadId, upload]) => ({ key: upload.key, uploadId, upload }))
    .sort((a, b) => compareKeys(a.key, b.key) || a.upload.initiated.getTime() - b.upload.initiated.getTime());

/** Lists uploads that are neither complete nor aborted, in pages of up to 1,000. */
export const listMultipartUploads =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListMultipartUploads', input, SUPPORTED);
    const bucket = store.bucketOf(input);
    const request = pageRequestOf(input, 'MaxUploads');
    const keyMarker = read(input).optionalText('KeyMarker') ?? '';
    const uploadIdMarker = read(input).optionalText('UploadIdMarker');
    const after = afterMark(sortedUploads(bucket), keyMarker, uploadIdMarker, ({ uploadId }) => uploadId);
    const page = pageOf(after, request, keyMarker);
    const { entries, prefixes, last } = page;
    return {
      Bucket: bucket.name,
      ...shownPage(request, prefixes),
      ...shownMarks(request, keyMarker, page),
      UploadIdMarker: uploadIdMarker,
      MaxUploads: request.maxKeys,
      NextUploadIdMarker: last?.entry?.uploadId,
      Uploads: entries.map(({ key, uploadId, upload }) => ({
        Key: request.shown(key),
        UploadId: uploadId,
        Initiated: upload.initiated,
        ...shownUpload(upload, store.world.account),
      })),
    };
  };

/** Lists the parts of an upload by their number, in pages of up to 1,000. */
export const listParts =
  (store: Store): Operation =>
  (input) => {
    refuseOthers('s3:ListParts', input, PARTS_SUPPORTED);
    const bucket = store.bucketOf(input);
    const { uploadId, upload } = uploadOf(bucket, input);
    const mark = read(input).optionalNumber('PartNumberMarker') ?? 0;
    const size = sizeOf(input, 'MaxParts');
    const after = [...upload.parts].filter(([number]) => number > mark).sort(([a], [b]) => a - b);
    const page = after.slice(0, size);
    const isTruncated = size > 0 && after.length > size;
    return {
      Bucket: bucket.name,
      Key: upload.key,
      UploadId: uploadId,
      PartNumberMarker: mark,
      NextPartNumberMarker: isTruncated ? page.at(-1)?.[0] : undefined,
      MaxParts: size,
      IsTruncated: isTruncated,
      ...shownUpload(upload, store.world.account),
      Parts: page.map(([PartNumber, part]) => ({
        ...{ PartNumber, ETag: part.etag, Size: part.size, LastModified: part.modified },
        ...(upload.isAsked ? part.checksum : {}),
      })),
    };
  };
