import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { DataKey } from '../../lib';
import { templateOf } from '../support/stack';

describe('a key', () => {
  const template = templateOf((stack) => new DataKey(stack, 'Key'));

  test('is rotated, and outlives its stack', () => {
    template.hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('has no alias: two platforms in one account would collide', () => {
    template.resourceCountIs('AWS::KMS::Alias', 0);
  });

  test('serves CloudWatch Logs for log groups of this account and region only', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'CloudWatchLogs',
            Principal: {
              Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] },
            },
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':logs:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':log-group:*',
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  test('admits nobody else', () => {
    const [key] = Object.values(template.findResources('AWS::KMS::Key'));
    expect(key).toMatchObject({ Properties: { KeyPolicy: { Statement: { length: 2 } } } });
  });
});

test('a key may go with its stack', () => {
  const template = templateOf((stack) => new DataKey(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }));
  template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
});
