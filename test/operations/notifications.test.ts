import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { NotificationTopic } from '../../lib';
import { deadLetterQueue } from '../../lib/operations/dead-letter-queue';
import { newStack } from '../support/stack';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const refusesPlainHttp = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

describe('a notification topic', () => {
  test('is encrypted with the key and reached by TLS only', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    new NotificationTopic(stack, 'Topic', { encryptionKey });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: stack.resolve(encryptionKey.keyArn) as unknown,
      TopicName: Match.absent(),
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(refusesPlainHttp)]) },
    });
  });
});

test('a topic admits EventBridge to its key, without a condition that would drop events silently, and alarms of its account', () => {
  const encryptionKey = new kms.Key(stack, 'Key');
  new NotificationTopic(stack, 'One', { encryptionKey });
  new NotificationTopic(stack, 'Two', { encryptionKey });
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  expect(key).toMatchObject({
    Properties: {
      KeyPolicy: {
        Statement: [
          {},
          {
            Sid: 'Events',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
          },
          {
            Sid: 'Alarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    },
  });
});

describe('a dead-letter queue', () => {
  test('keeps messages for 14 days, encrypted, and is reached by TLS only', () => {
    deadLetterQueue(stack, 'DeadLetters');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
      QueueName: Match.absent(),
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(refusesPlainHttp)]) },
    });
  });
});
