import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { DataBucket, DataKey } from '../../lib';
import { newStack, templateOf } from '../support/stack';

describe('a bucket', () => {
  const template = templateOf((stack) => {
    const bucket = new DataBucket(stack, 'Data', { encryptionKey: new DataKey(stack, 'Key') });
    bucket.enableEventBridgeNotification();
  });

  test('keeps versions, is closed to the public, and outlives its stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('encrypts with the given key, asking KMS once per bucket key', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() },
          },
        ],
      },
    });
  });

  test('refuses what does not come by TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('forgets replaced versions after 30 days and broken uploads after 7', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          }),
        ],
      },
    });
  });

  test('tells EventBridge of its objects without a custom resource', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });
});

test('a bucket without a given key has one of its own, which is rotated', () => {
  const template = templateOf((stack) => new DataBucket(stack, 'Data'));
  template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test('a bucket may go with its stack', () => {
  const template = templateOf((stack) => new DataBucket(stack, 'Data', { removalPolicy: RemovalPolicy.DESTROY }));
  template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
});

test('a notification that the user adds leaves the events on', () => {
  const template = templateOf((stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { enforceSSL: true });
    new DataBucket(stack, 'Data').addObjectCreatedNotification(new notifications.SqsDestination(queue), {
      prefix: 'incoming/',
    });
  });
  template.hasResourceProperties('Custom::S3BucketNotifications', {
    NotificationConfiguration: Match.objectLike({
      EventBridgeConfiguration: {},
      QueueConfigurations: [Match.anyValue()],
    }),
  });
});

test('a bucket is taken wherever a bucket is', () => {
  const bucket: s3.IBucket = new DataBucket(newStack(), 'Data');
  expect(bucket.bucketRef.bucketArn).toBe(bucket.bucketArn);
});
