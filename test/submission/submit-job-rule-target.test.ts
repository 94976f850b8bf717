import { CfnParameter, Duration, Size, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobSize, PlatformCapability, SubmitJobRuleTarget, type SubmitJobRuleTargetProps } from '../../lib';
import { wildcards } from '../support/least-privilege';
import { nodesOf, ONE_CONTAINER, PlainJob, podOf, taskOf } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable, textOf, valueAt } from '../support/state-machine';

let stack: Stack;
let queue: PlainQueue;
let job: PlainJob;
let rule: events.Rule;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  job = new PlainJob(stack, 'Nightly job', queue, ONE_CONTAINER);
  rule = new events.Rule(stack, 'Rule', { schedule: events.Schedule.rate(Duration.days(1)) });
});

const add = (props?: SubmitJobRuleTargetProps): void => {
  rule.addTarget(new SubmitJobRuleTarget(job, props));
};
const text = (token: string): string => textOf(stack.resolve(token));

/** The only target of the rule, with `${...}` for what CloudFormation fills in. */
function target(props?: SubmitJobRuleTargetProps): unknown {
  add(props);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
  const targets = valueAt(resource, 'Properties', 'Targets');
  return readable(Array.isArray(targets) ? targets[0] : undefined);
}

describe('the target', () => {
  test('submits the latest revision to the queue of the job, and keeps what could not be submitted', () => {
    expect(target()).toEqual({
      Id: 'Target0',
      Arn: text(queue.jobQueueArn),
      RoleArn: '${RuleSubmitJobTarget0Role12B48B06.Arn}',
      BatchParameters: { JobDefinition: text(job.jobDefinitionName), JobName: 'Nightly-job' },
      DeadLetterConfig: { Arn: '${RuleSubmitJobTarget0DeadLettersF7EEE49B.Arn}' },
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
    });
  });

  test('renders all options, and parts of the event', () => {
    const other = new PlainQueue(stack, 'Other', PlatformCapability.EC2);
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') });
    const deadLetterQueue = new sqs.Queue(stack, 'Lost');
    const rendered = target({
      queue: other,
      jobName: 'new-object',
      arraySize: 20,
      attempts: 4,
      parameters: { key: events.EventField.fromPath('$.detail.object.key') },
      command: ['run', 'Ref::key'],
      environment: { MODE: 'fast' },
      size: JobSize.gpu(1, 4, Size.gibibytes(16)),
      role,
      deadLetterQueue,
      retryAttempts: 3,
      maxEventAge: Duration.hours(2),
    });
    expect(rendered).toMatchObject({
      Arn: text(other.jobQueueArn),
      RoleArn: text(role.roleArn),
      BatchParameters: { JobName: 'new-object', ArrayProperties: { Size: 20 }, RetryStrategy: { Attempts: 4 } },
      DeadLetterConfig: { Arn: text(deadLetterQueue.queueArn) },
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 7_200 },
      InputTransformer: { InputPathsMap: { 'detail-object-key': '$.detail.object.key' } },
    });
    const template = String(valueAt(rendered, 'InputTransformer', 'InputTemplate'));
    expect(JSON.parse(template.replace('<detail-object-key>', '"<key>"'))).toEqual({
      Parameters: { key: '<key>' },
      ContainerOverrides: {
        Command: ['run', 'Ref::key'],
        Environment: [{ Name: 'MODE', Value: 'fast' }],
        ResourceRequirements: [
          { Type: 'VCPU', Value: '4' },
          { Type: 'MEMORY', Value: '16384' },
          { Type: 'GPU', Value: '1' },
        ],
      },
    });
  });

  test('may be one of several', () => {
    add();
    add({ jobName: 'again' });
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 2);
  });

  test('lets deploy-time values pass', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const options = { jobName: new CfnParameter(stack, 'Text').valueAsString, arraySize: number, attempts: number };
    expect(target({ ...options, maxEventAge: Duration.seconds(number), retryAttempts: number })).toMatchObject({
      BatchParameters: { JobName: '${Text}', ArrayProperties: { Size: '${Number}' } },
      RetryPolicy: { MaximumEventAgeInSeconds: '${Number}' },
    });
  });
});

describe('permissions', () => {
  test('cover this job, any revision of it, on this queue', () => {
    add();
    expect(statementsOf(stack, 'RuleSubmitJob').map(({ Action, Resource }) => readable({ Action, Resource }))).toEqual([
      {
        Action: 'batch:SubmitJob',
        Resource: [
          text(queue.jobQueueArn),
          expect.stringMatching(/:job-definition\/[^*]*:\*$/),
          expect.stringMatching(/:job-definition\/[^*]*$/),
        ],
      },
    ]);
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });

  test('let rules of this account take on the role, and this rule leave what it lost', () => {
    add();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
    const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    expect(readable(valueAt(policy, 'Properties', 'PolicyDocument', 'Statement'))).toContainEqual({
      Action: 'sqs:SendMessage',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: '${RuleSubmitJobTarget0DeadLettersF7EEE49B.Arn}',
      Condition: { ArnEquals: { 'aws:SourceArn': '${Rule4C995B7F.Arn}' } },
    });
  });
});

test.each([
  { kind: 'several containers', definition: { ecsProperties: taskOf('a', 'b') } },
  { kind: 'a pod', definition: { eksProperties: podOf('a') } },
  { kind: 'several nodes', definition: nodesOf('0:') },
])('jobs of $kind take parameters', ({ definition }) => {
  job = new PlainJob(stack, 'Other', queue, definition);
  expect(target({ parameters: { key: 'a' } })).toMatchObject({ Input: '{"Parameters":{"key":"a"}}' });
});

describe('bad input', () => {
  test.each([
    { arraySize: 1, message: /'arraySize' must be .* from 2 to 10000, got 1 .*pipeline-array-size/ },
    { arraySize: 10_001, message: /pipeline-array-size/ },
    { attempts: 11, message: /'attempts' must be .* from 1 to 10, got 11 .*job-retry-attempts/ },
    { jobName: 'a b', message: /'jobName' must be up to 128 letters.*got "a b" .*pipeline-job-name/ },
    { retryAttempts: 186, message: /'retryAttempts' must be .* from 0 to 185, got 186/ },
    { maxEventAge: Duration.seconds(59), message: /'maxEventAge' must be from 1 minute to 1 day, got 59 seconds/ },
    { maxEventAge: Duration.hours(25), message: /got 1 day 1 hour/ },
    { environment: { AWS_BATCH_X: '1' }, message: /AWS_BATCH/ },
  ])('refuses $message', ({ message, ...props }) => {
    expect(() => {
      add(props);
    }).toThrow(message);
  });

  test('refuses a queue with a scheduling policy, as rules name no share identifier', () => {
    expect(() => {
      add({ queue: sharedQueue(stack, 'Shared') });
    }).toThrow(
      'Stack/Shared has a scheduling policy and serves no job without a share identifier, which a rule cannot name: use ' +
        'another queue, a SubmitJobScheduleTarget or a state machine with a SubmitJobTask (in Stack/Rule/SubmitJobTarget0) ' +
        '[cdk-batch-platform:pipeline-share-missing]',
    );
  });

  test('refuses a queue of another platform', () => {
    expect(() => {
      add({ queue: new PlainQueue(stack, 'Fargate', PlatformCapability.FARGATE) });
    }).toThrow(/fit-platform/);
  });

  test.each([
    { kind: 'several containers', definition: { ecsProperties: taskOf('a', 'b') } },
    { kind: 'one container of a task', definition: { ecsProperties: taskOf('a') } },
    { kind: 'a pod', definition: { eksProperties: podOf('a') } },
    { kind: 'several nodes', definition: nodesOf('0:') },
  ])('refuses overrides of $kind', ({ definition }) => {
    job = new PlainJob(stack, 'Other', queue, definition);
    expect(() => {
      add({ command: ['run'] });
    }).toThrow(
      "'command', 'environment' and 'size' are for jobs of one container on EC2 or Fargate, as a rule cannot override " +
        "more: use 'parameters', a SubmitJobScheduleTarget or a state machine with a SubmitJobTask " +
        '(in Stack/Rule/SubmitJobTarget0) [cdk-batch-platform:pipeline-overrides]',
    );
  });
});
