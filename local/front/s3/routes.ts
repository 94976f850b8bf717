import { notSupported } from '../../core/errors';
import type { WireRequest } from '../request';

/** What the path of a request names. */
export interface Target {
  readonly Bucket?: string;
  readonly Key?: string;
}

/** Splits `/BUCKET/KEY`; only the first slash separates, all others belong to the key. */
export const targetOf = (path: string): Target => {
  const text = path.slice(1);
  const slash = text.indexOf('/');
  if (text === '') return {};
  if (slash < 0) return { Bucket: decodeURIComponent(text) };
  const Bucket = decodeURIComponent(text.slice(0, slash));
  const key = text.slice(slash + 1);
  return key === '' ? { Bucket } : { Bucket, Key: decodeURIComponent(key) };
};

/** `METHOD marker`, where the marker is a query parameter that selects an operation of a bucket. */
const OF_BUCKET: ReadonlyMap<string, string> = new Map([
  ['GET', 'ListObjects'],
  ['GET list-type', 'ListObjectsV2'],
  ['GET versions', 'ListObjectVersions'],
  ['GET uploads', 'ListMultipartUploads'],
  ['GET location', 'GetBucketLocation'],
  ['HEAD', 'HeadBucket'],
  ['PUT', 'CreateBucket'],
  ['DELETE', 'DeleteBucket'],
  ['POST delete', 'DeleteObjects'],
  ['GET versioning', 'GetBucketVersioning'],
  ['PUT versioning', 'PutBucketVersioning'],
  ['GET encryption', 'GetBucketEncryption'],
  ['PUT encryption', 'PutBucketEncryption'],
  ['DELETE encryption', 'DeleteBucketEncryption'],
  ['GET policy', 'GetBucketPolicy'],
  ['PUT policy', 'PutBucketPolicy'],
  ['DELETE policy', 'DeleteBucketPolicy'],
  ['GET tagging', 'GetBucketTagging'],
  ['PUT tagging', 'PutBucketTagging'],
  ['DELETE tagging', 'DeleteBucketTagging'],
  ['GET lifecycle', 'GetBucketLifecycleConfiguration'],
  ['PUT lifecycle', 'PutBucketLifecycleConfiguration'],
  ['DELETE lifecycle', 'DeleteBucketLifecycle'],
  ['GET notification', 'GetBucketNotificationConfiguration'],
  ['PUT notification', 'PutBucketNotificationConfiguration'],
  ['GET ownershipControls', 'GetBucketOwnershipControls'],
  ['PUT ownershipControls', 'PutBucketOwnershipControls'],
  ['DELETE ownershipControls', 'DeleteBucketOwnershipControls'],
  ['GET publicAccessBlock', 'GetPublicAccessBlock'],
  ['PUT publicAccessBlock', 'PutPublicAccessBlock'],
  ['DELETE publicAccessBlock', 'DeletePublicAccessBlock'],
]);

/** The same for an object. */
const OF_OBJECT: ReadonlyMap<string, string> = new Map([
  ['GET', 'GetObject'],
  ['GET uploadId', 'ListParts'],
  ['HEAD', 'HeadObject'],
  ['PUT', 'PutObject'],
  ['PUT uploadId', 'UploadPart'],
  ['POST uploads', 'CreateMultipartUpload'],
  ['POST uploadId', 'CompleteMultipartUpload'],
  ['DELETE', 'DeleteObject'],
  ['DELETE uploadId', 'AbortMultipartUpload'],
  ['GET tagging', 'GetObjectTagging'],
  ['PUT tagging', 'PutObjectTagging'],
  ['DELETE tagging', 'DeleteObjectTagging'],
  ['GET attributes', 'GetObjectAttributes'],
]);

const MARKERS = new Set([...OF_BUCKET.keys(), ...OF_OBJECT.keys()].map((entry) => entry.split(' ')[1]));

/** Whether a query parameter only selects the operation. */
export const isMarker = (name: string): boolean => name !== 'uploadId' && MARKERS.has(name);

/** Subresources that no table names; S3 knows them, so they must not be taken for a plain read or write. */
const REFUSED = new Set(
  (
    'accelerate acl analytics cors intelligent-tiering inventory legal-hold logging metrics object-lock policyStatus ' +
    'replication requestPayment restore retention select session torrent website'
  ).split(' '),
);

/** The operation that a request asks for. */
export const operationOf = ({ method, query, headers }: WireRequest, target: Target): string => {
  if (target.Bucket === undefined) {
    if (method === 'GET') return 'ListBuckets';
    throw notSupported(`${method} / of s3`);
  }
  const names = [...query.keys()];
  const refused = names.find((name) => REFUSED.has(name));
  if (refused !== undefined) throw notSupported(`${method} ?${refused} of s3`);

  const marker = names.find((name) => MARKERS.has(name));
  const table = target.Key === undefined ? OF_BUCKET : OF_OBJECT;
  const operation = table.get(marker === undefined ? method : `${method} ${marker}`);
  if (operation === undefined) throw notSupported(`${method} ${marker === undefined ? '' : `?${marker} `}of s3`);
  if (headers['x-amz-copy-source'] === undefined) return operation;
  return operation === 'UploadPart' ? 'UploadPartCopy' : 'CopyObject';
};
