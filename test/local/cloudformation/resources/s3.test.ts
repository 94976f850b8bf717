import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { att, createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

const bucket = (Properties: Input) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties } });

test('a bucket has all its settings, changes and loses them', async () => {
  const rich = bucket({
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' }, BucketKeyEnabled: true },
      ],
    },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    LifecycleConfiguration: {
      Rules: [
        { Id: 'old', Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 7 },
        { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      ],
    },
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  const outputs = outputsOf(await shop.deployed(rich, { Name: ref('Bucket'), Arn: att('Bucket', 'Arn') }));
  const Bucket = outputs.Name;
  expect(Bucket).toMatch(/^shop-bucket-[a-z0-9]{12}$/);
  expect(outputs.Arn).toBe(`arn:aws:s3:::${Bucket}`);
  expect(await shop.run('s3', 'GetBucketVersioning', { Bucket })).toEqual({ Status: 'Enabled' });
  expect(await shop.run('s3', 'GetBucketEncryption', { Bucket })).toMatchObject({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } }],
    },
  });
  expect(await shop.run('s3', 'GetBucketNotificationConfiguration', { Bucket })).toEqual({
    EventBridgeConfiguration: {},
  });
  expect(await shop.run('s3', 'GetBucketLifecycleConfiguration', { Bucket })).toMatchObject({
    Rules: [
      { ID: 'old', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 7 } },
      { Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ],
  });
  await shop.deployed(bucket({}));
  expect(await shop.run('s3', 'GetBucketVersioning', { Bucket })).toEqual({ Status: 'Suspended' });
  expect(await shop.run('s3', 'GetBucketNotificationConfiguration', { Bucket })).toEqual({});
  await expect(shop.run('s3', 'GetBucketLifecycleConfiguration', { Bucket })).rejects.toMatchObject({
    statusCode: 404,
  });
  await shop.destroyed();
  await expect(shop.run('s3', 'HeadBucket', { Bucket })).rejects.toThrow();
});

test('a bucket policy is set and taken away', async () => {
  const policy = {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: ref('Bucket'), PolicyDocument: { Statement: [] } },
  };
  const { Name: Bucket } = outputsOf(await shop.deployed({ ...bucket({}), policy }, { Name: ref('Bucket') }));
  expect(await shop.run('s3', 'GetBucketPolicy', { Bucket })).toEqual({ Policy: '{"Statement":[]}' });
  await shop.deployed(bucket({}));
  await expect(shop.run('s3', 'GetBucketPolicy', { Bucket })).rejects.toMatchObject({ code: 'NoSuchBucketPolicy' });
  await shop.destroyed();
});

test('a bucket that is not empty stays, and the stack tells why', async () => {
  const { Name: Bucket } = outputsOf(await shop.deployed(bucket({}), { Name: ref('Bucket') }));
  await shop.run('s3', 'PutObject', { Bucket, Key: 'a', Body: Buffer.from('x') });
  expect((await shop.destroy()).text('StackStatus')).toBe('DELETE_FAILED');
  expect((await shop.reasons()).join()).toContain('Bucket DELETE_FAILED: the bucket');
  await shop.run('s3', 'DeleteObject', { Bucket, Key: 'a' });
  await shop.destroyed();
});

test('a bucket whose settings are refused is not left behind', async () => {
  const before = await shop.run('s3', 'ListBuckets', {});
  const stack = await shop.deploy({
    Resources: bucket({ NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:*', Queue: 'q' }] } }),
  });
  expect(stack.text('StackStatus')).toBe('ROLLBACK_COMPLETE');
  expect((await shop.reasons()).join()).toContain('does not support QueueConfigurations of a bucket');
  expect(await shop.run('s3', 'ListBuckets', {})).toEqual(before);
  await shop.destroyed();
});
