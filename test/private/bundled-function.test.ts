import { Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { bundledFunction } from '../../lib/private/bundled-function';
import { newStack, templateOf } from '../support/stack';

const define = (stack: Stack, encryptionKey?: kms.IKey) =>
  bundledFunction(stack, 'Plan', {
    handler: 'plan',
    description: 'Plans',
    environment: { MODE: 'fast' },
    timeout: Duration.minutes(2),
    memoryMiB: 512,
    encryptionKey,
  });

describe('a function', () => {
  const template = templateOf((stack) => define(stack, new kms.Key(stack, 'Key')));

  test('runs our bundle on a current runtime, as asked', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 120,
      MemorySize: 512,
      Environment: { Variables: { MODE: 'fast' } },
      TracingConfig: { Mode: 'Active' },
    });
  });

  test('encrypts its environment and its log', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: Match.anyValue() });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 30 });
  });

  test('may write its own log, decrypt its environment and send traces, nothing else', () => {
    const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [log, 'Arn'] },
          },
          { Effect: 'Allow', Action: 'kms:Decrypt', Resource: Match.objectLike({ 'Fn::GetAtt': Match.anyValue() }) },
          { Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*' },
        ],
      },
    });
  });
});

test('a function without a key decrypts nothing', () => {
  const template = templateOf((stack) => define(stack));
  template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: Match.absent() });
  template.resourcePropertiesCountIs(
    'AWS::IAM::Policy',
    { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:Decrypt' })]) } },
    0,
  );
});

test('what an asynchronous invocation could not handle goes to the queue', () => {
  const template = templateOf((stack) => {
    const deadLetterQueue = new sqs.Queue(stack, 'Dead', { enforceSSL: true });
    bundledFunction(stack, 'Plan', { handler: 'plan', description: 'Plans', deadLetterQueue });
  });
  template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: Match.anyValue() } });
});

test('fails when there is no such handler', () => {
  expect(() => bundledFunction(newStack(), 'Plan', { handler: 'no-such', description: '' })).toThrow(/no-such/);
});
