import type { Input } from '../../core/service';
import { type Need, type NeedsOf, textIn } from './need';

/** Actions that are not named as their operation. */
const BUCKET_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['ListObjectsV2', 'ListBucket'],
  ['ListObjects', 'ListBucket'],
  ['HeadBucket', 'ListBucket'],
  ['ListObjectVersions', 'ListBucketVersions'],
  ['ListMultipartUploads', 'ListBucketMultipartUploads'],
  ['GetBucketEncryption', 'GetEncryptionConfiguration'],
  ['PutBucketEncryption', 'PutEncryptionConfiguration'],
  ['DeleteBucketEncryption', 'PutEncryptionConfiguration'],
  ['GetBucketLifecycleConfiguration', 'GetLifecycleConfiguration'],
  ['PutBucketLifecycleConfiguration', 'PutLifecycleConfiguration'],
  ['DeleteBucketLifecycle', 'PutLifecycleConfiguration'],
  ['GetBucketNotificationConfiguration', 'GetBucketNotification'],
  ['PutBucketNotificationConfiguration', 'PutBucketNotification'],
  ['GetPublicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['PutPublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['DeletePublicAccessBlock', 'PutBucketPublicAccessBlock'],
  ['DeleteBucketOwnershipControls', 'PutBucketOwnershipControls'],
  ['DeleteBucketTagging', 'PutBucketTagging'],
]);

const OBJECT_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['GetObject', 'GetObject'],
  ['HeadObject', 'GetObject'],
  ['PutObject', 'PutObject'],
  ['CreateMultipartUpload', 'PutObject'],
  ['UploadPart', 'PutObject'],
  ['CompleteMultipartUpload', 'PutObject'],
  ['AbortMultipartUpload', 'AbortMultipartUpload'],
  ['ListParts', 'ListMultipartUploadParts'],
  ['DeleteObject', 'DeleteObject'],
]);

/** Reading or deleting one version is an action of its own. */
const VERSIONED: ReadonlySet<string> = new Set(['GetObject', 'DeleteObject']);

const onObject = (action: string, bucket: string, key: string, versionId: string): Need => ({
  action: `s3:${action}${versionId !== '' && VERSIONED.has(action) ? 'Version' : ''}`,
  resources: [`arn:aws:s3:::${bucket}/${key}`],
  context: versionId === '' ? {} : { 's3:VersionId': versionId },
});

/** `bucket/key?versionId=...`, as a copy names its source. */
const source = (input: Input): Need => {
  const [path = '', version = ''] = decodeURIComponent(textIn(input, 'CopySource'))
    .replace(/^\//, '')
    .split('?versionId=');
  const slash = path.indexOf('/');
  return onObject('GetObject', path.slice(0, slash), path.slice(slash + 1), version);
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export const s3Needs: NeedsOf = (operation, input) => {
  const bucket = textIn(input, 'Bucket');
  const key = textIn(input, 'Key');
  const versionId = textIn(input, 'VersionId');
  if (operation === 'ListBuckets') return [{ action: 's3:ListAllMyBuckets', resources: ['*'] }];
  if (operation === 'CopyObject' || operation === 'UploadPartCopy') {
    return [source(input), onObject('PutObject', bucket, key, '')];
  }
  if (operation === 'DeleteObjects') return [];
  const action = OBJECT_ACTIONS.get(operation);
  if (action !== undefined) return [onObject(action, bucket, key, versionId)];
  return [
    {
      action: `s3:${BUCKET_ACTIONS.get(operation) ?? operation}`,
      resources: [`arn:aws:s3:::${bucket}`],
      context: {
        // A listing of everything has the empty prefix, which a condition can name.
        's3:prefix': operation.startsWith('List') ? textIn(input, 'Prefix') : undefined,
        's3:delimiter': textIn(input, 'Delimiter') || undefined,
      },
    },
  ];
};
