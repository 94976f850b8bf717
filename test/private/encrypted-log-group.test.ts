import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { encryptedLogGroup } from '../../lib/private/encrypted-log-group';
import { templateOf } from '../support/stack';

test('a log group expires, goes with its stack, and is encrypted with a key that lets it', () => {
  const template = templateOf((stack) => encryptedLogGroup(stack, 'Logs', new kms.Key(stack, 'Key')));
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30, KmsKeyId: Match.anyValue() },
    DeletionPolicy: 'Delete',
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'CloudWatchLogs' })]) },
  });
});

test('the statement is added to a key once, however many log groups it encrypts', () => {
  const template = templateOf((stack) => {
    const key = new kms.Key(stack, 'Key');
    encryptedLogGroup(stack, 'One', key);
    encryptedLogGroup(stack, 'Two', key);
  });
  const [key] = Object.values(template.findResources('AWS::KMS::Key'));
  expect(key).toMatchObject({ Properties: { KeyPolicy: { Statement: { length: 2 } } } });
});

test('an imported key is taken as it is', () => {
  const template = templateOf((stack) => {
    const arn = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    encryptedLogGroup(stack, 'Logs', kms.Key.fromKeyArn(stack, 'Key', arn));
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.stringLikeRegexp('^arn:aws:kms') });
});

test('retention and removal are up to the caller; without a key AWS encrypts', () => {
  const template = templateOf((stack) =>
    encryptedLogGroup(stack, 'Logs', undefined, {
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    }),
  );
  template.hasResource('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 365, KmsKeyId: Match.absent() },
    DeletionPolicy: 'Retain',
  });
});
