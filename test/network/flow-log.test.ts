import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, test } from 'vitest';
import { BatchNetwork, BatchPlatform, IsolatedBatchNetwork, PublicBatchNetwork } from '../../lib';
import { newStack, templateOf } from '../support/stack';

describe.each([
  ['a network', BatchNetwork],
  ['an isolated network', IsolatedBatchNetwork],
  ['a public network', PublicBatchNetwork],
])('the flow log of %s', (_, Network) => {
  const template = templateOf((stack) => new Network(stack, 'Network'));

  test('has what was let through and what was not', () => {
    template.resourcePropertiesCountIs('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' }, 1);
  });

  test('expires', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('is under a key of the network, which CloudWatch Logs may use, and which is deleted with it', () => {
    const [[key]] = Object.entries(template.findResources('AWS::KMS::Key'));
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Delete',
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'CloudWatchLogs' })]) },
      },
    });
  });

  test('is written by a role that the service takes on for flow logs of this account and Region only', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':vpc-flow-log/*'])] } },
            },
          },
        ],
      },
    });
  });

  test('is all that the role may write', () => {
    const [[logGroup]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Effect: 'Allow',
            Resource: Match.arrayWith([{ 'Fn::GetAtt': [logGroup, 'Arn'] }]),
          },
        ],
      },
    });
  });

  test('outlives neither its role nor the policy of it', () => {
    const [policy] = Object.keys(template.findResources('AWS::IAM::Policy'));
    template.hasResource('AWS::EC2::FlowLog', { DependsOn: Match.arrayWith([policy]) });
  });
});

test('a flow log is kept as long as wanted, under a key that lets CloudWatch Logs use it', () => {
  const template = templateOf((stack) => {
    const encryptionKey = new kms.Key(stack, 'Key');
    new BatchNetwork(stack, 'Network', { encryptionKey, logRetention: logs.RetentionDays.ONE_YEAR });
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'CloudWatchLogs' })]) },
  });
  template.resourceCountIs('AWS::KMS::Key', 1);
});

test('the flow log of a platform is under its key', () => {
  const stack = newStack();
  new BatchPlatform(stack, 'Platform');
  const [key] = Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  Template.fromStack(stack).allResourcesProperties('AWS::Logs::LogGroup', {
    KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
  });
});
