import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { acknowledgeWildcards } from '../private/acknowledge';
import { withKey } from '../private/grant-key';

/** Lets `grantee` read and list the objects whose keys begin with `prefix`, all of them without one. @internal */
export function grantBucketRead(bucket: s3.IBucket, grantee: iam.IGrantable, prefix = ''): iam.Grant {
  const objects = grant(bucket, grantee, ['s3:GetObject', 's3:GetObjectVersion'], bucket.arnForObjects(`${prefix}*`));
  const list = iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    resource: bucket,
    conditions: prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } },
  });
  return withKey(bucket, bucket.encryptionKey, objects.combine(list), grantee, 'kms:Decrypt');
}

/**
 * Lets `grantee` write the objects whose keys match `keys`, a pattern with `*`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @internal
 */
export function grantBucketWrite(bucket: s3.IBucket, grantee: iam.IGrantable, keys = '*'): void {
  grant(bucket, grantee, ['s3:PutObject', 's3:AbortMultipartUpload'], bucket.arnForObjects(keys));
  // S3 decrypts the parts of a multipart upload when it joins them.
  bucket.encryptionKey?.grant(grantee, 'kms:GenerateDataKey', 'kms:Decrypt');
}

function grant(bucket: s3.IBucket, grantee: iam.IGrantable, actions: string[], objects: string): iam.Grant {
  acknowledgeWildcards(grantee, [objects]);
  return iam.Grant.addToPrincipalOrResource({ grantee, actions, resourceArns: [objects], resource: bucket });
}
