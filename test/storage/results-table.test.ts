import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { test } from 'vitest';
import { DataKey, ResultsTable } from '../../lib';
import { templateOf } from '../support/stack';

test('a table is paid by request, encrypted with the given key, restorable, and outlives its stack', () => {
  const template = templateOf(
    (stack) => new ResultsTable(stack, 'Results', { encryptionKey: new DataKey(stack, 'Key') }),
  );
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResource('AWS::DynamoDB::Table', {
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: Match.anyValue() },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

test('a record is found by pipeline and submission', () => {
  const template = templateOf((stack) => new ResultsTable(stack, 'Results'));
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [
      { AttributeName: 'pipeline', KeyType: 'HASH' },
      { AttributeName: 'submissionId', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pipeline', AttributeType: 'S' },
      { AttributeName: 'submissionId', AttributeType: 'S' },
    ],
  });
});

test('a table without a given key has one of its own, which is rotated', () => {
  const template = templateOf((stack) => new ResultsTable(stack, 'Results'));
  template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test('a table may go with its stack', () => {
  const template = templateOf((stack) => new ResultsTable(stack, 'Results', { removalPolicy: RemovalPolicy.DESTROY }));
  template.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
});
