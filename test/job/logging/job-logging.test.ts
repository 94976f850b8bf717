import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, JobLogging, PlatformCapability } from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { statementsOf, statementWith } from '../../support/role-statements';
import { newStack } from '../../support/stack';

const EXECUTION_ROLE = 'JobExecutionRole';
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(logging: JobLogging, platform = PlatformCapability.EC2): BatchJob {
  const image = ecs.ContainerImage.fromRegistry('busybox');
  return new BatchJob(stack, 'Job', { image, logging, queue: new PlainQueue(stack, 'Queue', platform) });
}

const resolve = (value: unknown): unknown => stack.resolve(value);
const logOf = (logging: JobLogging): unknown => definitionOf(job(logging)).containerProperties;

describe('CloudWatch Logs', () => {
  test('takes a log group of the user, and the job has none of its own', () => {
    const logGroup = new logs.LogGroup(stack, 'Mine');
    const made = job(JobLogging.awsLogs({ logGroup }));
    expect(definitionOf(made).containerProperties).toMatchObject({
      logConfiguration: { options: { 'awslogs-group': resolve(logGroup.logGroupName) } },
    });
    expect(statementWith(stack, EXECUTION_ROLE, 'logs:PutLogEvents').Resource).toEqual(resolve(logGroup.logGroupArn));
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 1);
    expect(() => made.logGroup).toThrow(
      "has no log group of its own, as 'logging' sends the output elsewhere (in Stack/Job)",
    );
  });

  test('is told how to name streams, where messages begin, and not to hold the command up', () => {
    expect(
      logOf(
        JobLogging.awsLogs({
          streamPrefix: 'run',
          datetimeFormat: '%Y',
          multilinePattern: '^x',
          nonBlockingBuffer: Size.mebibytes(4),
        }),
      ),
    ).toMatchObject({
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-region': { Ref: 'AWS::Region' },
          'awslogs-stream-prefix': 'run',
          'awslogs-datetime-format': '%Y',
          'awslogs-multiline-pattern': '^x',
          mode: 'non-blocking',
          'max-buffer-size': '4096k',
        },
      },
    });
  });
});

describe('other drivers', () => {
  test('get secret options, which ECS reads', () => {
    const secret = new secretsmanager.Secret(stack, 'Token');
    const logging = JobLogging.splunk({
      options: { 'splunk-url': 'https://logs.example.com' },
      secretOptions: { 'splunk-token': batch.Secret.fromSecretsManager(secret) },
    });
    expect(logOf(logging)).toMatchObject({
      logConfiguration: {
        logDriver: 'splunk',
        options: { 'splunk-url': 'https://logs.example.com' },
        secretOptions: [{ name: 'splunk-token', valueFrom: resolve(secret.secretArn) }],
      },
    });
    expect(statementsOf(stack, EXECUTION_ROLE)).toHaveLength(1);
    expect(statementWith(stack, EXECUTION_ROLE, 'secretsmanager:GetSecretValue').Resource).toEqual(
      resolve(secret.secretArn),
    );
  });

  test('leave no log group behind', () => {
    const made = job(JobLogging.driver('fluentd', { options: { tag: 'x' } }));
    expect(definitionOf(made).containerProperties).toMatchObject({
      logConfiguration: { logDriver: 'fluentd', options: { tag: 'x' } },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test.each(['splunk', 'awslogs'])('%s is there on Fargate', (name) => {
    expect(() => job(JobLogging.driver(name), PlatformCapability.FARGATE)).not.toThrow();
  });

  test.each(['fluentd', 'json-file'])('refuses %s on Fargate (job-log-driver)', (name) => {
    expect(() => job(JobLogging.driver(name), PlatformCapability.FARGATE)).toThrow(
      `the log driver must be one of awslogs, splunk, awsfirelens on Fargate, got "${name}" (in Stack/Job)`,
    );
  });

  test('may be known only at deploy time', () => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => job(JobLogging.driver(name), PlatformCapability.FARGATE)).not.toThrow();
  });

  test('refuses FireLens where no other container routes the lines (job-firelens)', () => {
    expect(() => job(JobLogging.firelens())).toThrow(
      /needs another container to route the lines: use MultiContainerJob/,
    );
  });
});
