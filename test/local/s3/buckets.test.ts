import {
  CreateBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { s3Client } from './client';

let endpoint: Endpoint;
let s3: S3Client;
let Bucket: string;
let count = 0;

beforeAll(async () => {
  endpoint = await startEndpoint();
  s3 = s3Client(endpoint);
});
afterAll(() => endpoint.close());
beforeEach(async () => {
  Bucket = `bucket-${(count += 1)}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
});

describe('a bucket', () => {
  test('is listed, and has a place', async () => {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toContain(Bucket);
    expect(Buckets[0].CreationDate).toBeInstanceOf(Date);
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'us-east-1' });
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint ?? '').toBe('');
  });

  test('of the CDK bootstrap stack is there without anybody making it', async () => {
    const assets = { Bucket: 'cdk-hnb659fds-assets-000000000000-us-east-1' };
    expect(await s3.send(new GetBucketEncryptionCommand(assets))).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('refuses another region', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    await expect(
      s3.send(new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration })),
    ).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' });
  });
});

describe('the configuration of a bucket', () => {
  test('encryption with a key shows on every object', async () => {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } } as const;
    const ServerSideEncryptionConfiguration = { Rules: [{ ...rule, BucketKeyEnabled: true }] };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    expect(await s3.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration,
    });
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a' }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key',
    });
  });

  test('a policy comes back as it was put, and can be deleted', async () => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
  });

  test('public access, ownership, tags and lifecycle rules come back as they were put', async () => {
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, RestrictPublicBuckets: false };
    const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] };
    const TagSet = [
      { Key: 'a', Value: '1 < 2 & 3' },
      { Key: 'b', Value: ' kept ' },
    ];
    const rule = { ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: 'x/' }, Expiration: { Days: 3 } };
    const NoncurrentVersionTransitions = [{ NoncurrentDays: 30, StorageClass: 'GLACIER' as const }];
    const Rules = [{ ...rule, NoncurrentVersionTransitions }];
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const LifecycleConfiguration = { Rules };
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));

    expect(await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
      PublicAccessBlockConfiguration,
    });
    expect(await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).toMatchObject({ OwnershipControls });
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules);
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
    await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });
  });

  test('events go to EventBridge when they are switched on', async () => {
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    expect(await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject(
      NotificationConfiguration,
    );
  });

  test('refuses notifications to a function by their name', async () => {
    const LambdaFunctionConfigurations = [{ LambdaFunctionArn: 'arn', Events: ['s3:ObjectCreated:*' as const] }];
    const NotificationConfiguration = { LambdaFunctionConfigurations };
    await expect(
      s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration })),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test.each([
    ['?acl', () => s3.send(new GetBucketAclCommand({ Bucket }))],
    ['?website', () => s3.send(new GetBucketWebsiteCommand({ Bucket }))],
    ['s3:ListObjects', () => s3.send(new ListObjectsCommand({ Bucket }))],
  ])('refuses %s by its name', async (name, send) => {
    await expect(send()).rejects.toThrow(name);
  });
});
