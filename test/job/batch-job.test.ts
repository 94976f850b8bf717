import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Duration, Size, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type BatchJobProps, JobSize, PlatformCapability } from '../../lib';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim');
let stack: Stack;
let queue: PlainQueue;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
});

const job = (props: Partial<BatchJobProps> = {}): BatchJob => new BatchJob(stack, 'Job', { image, queue, ...props });
const resolve = (value: unknown): unknown => stack.resolve(value);
const template = (): Template => Template.fromStack(stack);
const hasContainer = (properties: Record<string, unknown>): void => {
  template().hasResourceProperties('AWS::Batch::JobDefinition', { ContainerProperties: Match.objectLike(properties) });
};

describe('a job without options', () => {
  test('is a container of 1 vCPU and 2 GiB that does not run as root', () => {
    job();
    template().hasResourceProperties('AWS::Batch::JobDefinition', {
      Type: 'container',
      JobDefinitionName: Match.absent(),
      PlatformCapabilities: ['EC2'],
      PropagateTags: true,
      ContainerProperties: {
        Image: 'public.ecr.aws/docker/library/node:22-slim',
        Command: Match.absent(),
        Environment: Match.absent(),
        Secrets: Match.absent(),
        Privileged: Match.absent(),
        User: '1000:1000',
        ReadonlyRootFilesystem: true,
        LinuxParameters: { InitProcessEnabled: true },
        ResourceRequirements: [
          { Type: 'VCPU', Value: '1' },
          { Type: 'MEMORY', Value: '2048' },
        ],
      },
    });
  });

  test('has one hour for each attempt', () => {
    expect(job().attemptTimeout?.toHours()).toBe(1);
    template().hasResourceProperties('AWS::Batch::JobDefinition', { Timeout: { AttemptDurationSeconds: 3600 } });
  });

  test('keeps old revisions usable when it is updated', () => {
    job();
    template().hasResourceProperties('AWS::Batch::JobDefinition', {
      ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
    });
  });

  test('writes to a log group of its own that keeps logs for a month', () => {
    job();
    template().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30, KmsKeyId: Match.absent() });
    hasContainer({
      LogConfiguration: {
        LogDriver: 'awslogs',
        Options: {
          'awslogs-group': { Ref: Match.stringLikeRegexp('JobLogs') },
          'awslogs-region': { Ref: 'AWS::Region' },
        },
      },
    });
  });
});

test('a queue of Fargate makes a definition for Fargate', () => {
  queue = new PlainQueue(stack, 'Fargate', PlatformCapability.FARGATE);
  job({ size: JobSize.of(0.25, Size.mebibytes(512)) });
  template().hasResourceProperties('AWS::Batch::JobDefinition', {
    PlatformCapabilities: ['FARGATE'],
    ContainerProperties: {
      ResourceRequirements: [
        { Type: 'VCPU', Value: '0.25' },
        { Type: 'MEMORY', Value: '512' },
      ],
    },
  });
});

test('GPUs are a requirement of their own', () => {
  job({ size: JobSize.gpu(2, 8, Size.gibibytes(30)) });
  hasContainer({ ResourceRequirements: Match.arrayWith([{ Type: 'GPU', Value: '2' }]) });
});

test('command, parameters, environment, user and file system are rendered', () => {
  job({
    command: ['run', 'Ref::day'],
    parameters: { day: 'monday' },
    environment: { MODE: 'fast' },
    user: 'worker',
    readonlyRootFilesystem: true,
  });
  template().hasResourceProperties('AWS::Batch::JobDefinition', { Parameters: { day: 'monday' } });
  hasContainer({
    Command: ['run', 'Ref::day'],
    Environment: [{ Name: 'MODE', Value: 'fast' }],
    User: 'worker',
    ReadonlyRootFilesystem: true,
  });
});

describe('the log', () => {
  test('is encrypted with the key of the queue', () => {
    const key = new kms.Key(stack, 'Key');
    queue = new PlainQueue(stack, 'Encrypted', PlatformCapability.EC2, key);
    job();
    template().hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: resolve(key.keyArn) });
  });

  test('is encrypted with its own key when it has one', () => {
    const key = new kms.Key(stack, 'Own');
    queue = new PlainQueue(stack, 'Encrypted', PlatformCapability.EC2, new kms.Key(stack, 'Key'));
    job({ encryptionKey: key, logRetention: logs.RetentionDays.ONE_YEAR });
    template().hasResourceProperties('AWS::Logs::LogGroup', {
      KmsKeyId: resolve(key.keyArn),
      RetentionInDays: 365,
    });
  });
});

test('the name of the definition is taken from its ARN, without revision', () => {
  const { jobDefinitionArn, jobDefinitionName, jobDefinitionRef } = job();
  const ref: unknown = expect.stringMatching(/^Job/);
  const arn = { Ref: ref };
  expect(jobDefinitionRef.jobDefinitionArn).toBe(jobDefinitionArn);
  expect(stack.resolve(jobDefinitionArn)).toEqual(arn);
  expect(stack.resolve(jobDefinitionName)).toEqual({
    'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::Select': [1, { 'Fn::Split': ['/', arn] }] }] }],
  });
});

describe('roles', () => {
  const brought = (id: string): iam.IRole => iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`);

  test('of the user are taken', () => {
    const made = job({ jobRole: brought('mine'), executionRole: brought('theirs') });
    expect(made.jobRole.roleArn).toMatch(/mine$/);
    template().resourceCountIs('AWS::IAM::Role', 0);
    hasContainer({
      JobRoleArn: 'arn:aws:iam::111122223333:role/mine',
      ExecutionRoleArn: 'arn:aws:iam::111122223333:role/theirs',
    });
  });

  test('trust ECS tasks of this account and Region only', () => {
    job();
    template().allResourcesProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':ecs:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':*',
                    ],
                  ],
                },
              },
            },
          },
        ],
      },
    });
  });
});

describe('the timeout (job-timeout)', () => {
  test.each([60, 61, 86_400])('may be %d seconds', (seconds) => {
    expect(() => job({ timeout: Duration.seconds(seconds) })).not.toThrow();
  });

  test.each([Duration.seconds(59), Duration.seconds(0), Duration.millis(60_500)])('refuses %s', (timeout) => {
    expect(() => job({ timeout })).toThrow(/'timeout' must be whole seconds, at least 60, got .* \(in Stack\/Job\)/);
  });

  test('may be known only at deploy time', () => {
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' });
    job({ timeout: Duration.seconds(seconds.valueAsNumber) });
    template().hasResourceProperties('AWS::Batch::JobDefinition', {
      Timeout: { AttemptDurationSeconds: { Ref: 'Seconds' } },
    });
  });
});

describe('the size of the definition (job-definition-size)', () => {
  test('refuses more than 24 KiB', () => {
    job({ environment: { LARGE: 'x'.repeat(24 * 1024) } });
    expect(() => template()).toThrow(
      /the job definition has \d+ bytes as JSON, AWS Batch takes at most 24576: .* \(in Stack\/Job\)/,
    );
  });

  test('may come close to 24 KiB', () => {
    job({ environment: { LARGE: 'x'.repeat(23 * 1024) } });
    expect(() => template()).not.toThrow();
  });

  test('does not count what is known only at deploy time', () => {
    job({ environment: { LARGE: Token.asString({ 'Fn::Join': ['', ['x'.repeat(24 * 1024)]] }) } });
    expect(() => template()).not.toThrow();
  });
});
