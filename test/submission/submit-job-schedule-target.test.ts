import { CfnParameter, Duration, Size, type Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  ArraySize,
  JobRetry,
  JobSize,
  PlatformCapability,
  SubmitJobScheduleTarget,
  type SubmitJobScheduleTargetProps,
} from '../../lib';
import { wildcards } from '../support/least-privilege';
import { ONE_CONTAINER, PlainJob } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable, textOf, valueAt } from '../support/state-machine';

let stack: Stack;
let queue: PlainQueue;
let job: PlainJob;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  job = new PlainJob(stack, 'Report', queue, ONE_CONTAINER);
});

function schedule(props?: SubmitJobScheduleTargetProps, scheduleGroup?: scheduler.IScheduleGroup): scheduler.Schedule {
  return new scheduler.Schedule(stack, 'Nightly', {
    schedule: scheduler.ScheduleExpression.cron({ hour: '2', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
    target: new SubmitJobScheduleTarget(job, props),
    scheduleGroup,
  });
}

/** The target of the only schedule, with `${...}` for what CloudFormation fills in. */
function target(props?: SubmitJobScheduleTargetProps): unknown {
  schedule(props);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule'));
  return readable(valueAt(resource, 'Properties', 'Target'));
}
const inputOf = (rendered: unknown): unknown => JSON.parse(textOf(valueAt(rendered, 'Input')));
const text = (token: string): string => textOf(stack.resolve(token));

describe('the target', () => {
  test('calls SubmitJob with the latest revision, and keeps what could not be submitted', () => {
    const rendered = target();
    expect(rendered).toEqual({
      Arn: 'arn:${AWS::Partition}:scheduler:::aws-sdk:batch:submitJob',
      RoleArn: expect.stringMatching(/^\$\{NightlySubmitJobRole\w+\.Arn\}$/) as unknown,
      DeadLetterConfig: { Arn: expect.stringMatching(/^\$\{NightlySubmitJobDeadLetters\w+\.Arn\}$/) as unknown },
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      Input: expect.any(String) as unknown,
    });
    expect(inputOf(rendered)).toEqual({
      JobName: 'Report-<aws.scheduler.execution-id>',
      JobDefinition: text(job.jobDefinitionName),
      JobQueue: text(queue.jobQueueArn),
    });
  });

  test('renders everything that SubmitJob takes', () => {
    const licences = new batch.CfnConsumableResource(stack, 'Licences', {
      resourceType: 'REPLENISHABLE',
      totalQuantity: 10,
    });
    const other = sharedQueue(stack, 'Other');
    const rendered = target({
      queue: other,
      jobName: 'report',
      arraySize: ArraySize.of(12),
      shareIdentifier: 'finance',
      schedulingPriority: 5,
      parameters: { month: '11' },
      command: ['run'],
      environment: { MODE: 'fast' },
      size: JobSize.of(2, Size.gibibytes(4)),
      retry: JobRetry.none(),
      attemptTimeout: Duration.minutes(10),
      consumableResources: [{ resource: licences, quantity: 2 }],
      tags: { team: 'blue' },
    });
    expect(inputOf(rendered)).toEqual({
      JobName: 'report',
      JobDefinition: text(job.jobDefinitionName),
      JobQueue: other.jobQueueArn,
      ArrayProperties: { Size: 12 },
      ShareIdentifier: 'finance',
      SchedulingPriorityOverride: 5,
      Parameters: { month: '11' },
      ContainerOverrides: {
        Command: ['run'],
        Environment: [{ Name: 'MODE', Value: 'fast' }],
        ResourceRequirements: [
          { Type: 'VCPU', Value: '2' },
          { Type: 'MEMORY', Value: '4096' },
        ],
      },
      RetryStrategy: { Attempts: 1 },
      Timeout: { AttemptDurationSeconds: 600 },
      ConsumableResourcePropertiesOverride: {
        ConsumableResourceList: [{ ConsumableResource: '${Licences}', Quantity: 2 }],
      },
      Tags: { team: 'blue' },
      PropagateTags: true,
    });
  });

  test('writes deploy-time numbers as numbers', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    schedule({ arraySize: ArraySize.of(number), attemptTimeout: Duration.seconds(number) });
    const json = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(json).toContain('\\"ArrayProperties\\":{\\"Size\\":",{"Ref":"Number"}');
  });
});

describe('permissions', () => {
  const allowed = (): unknown[] =>
    statementsOf(stack, 'NightlySubmitJobRole').map(({ Action, Resource }) => readable({ Action, Resource }));

  test('cover this job, any revision of it, on this queue, and what could not be submitted', () => {
    schedule();
    expect(allowed()).toEqual([
      {
        Action: 'batch:SubmitJob',
        Resource: [
          text(queue.jobQueueArn),
          expect.stringMatching(/:job-definition\/[^*]*:\*$/),
          expect.stringMatching(/:job-definition\/[^*]*$/),
        ],
      },
      { Action: 'sqs:SendMessage', Resource: expect.stringMatching(/DeadLetters/) as unknown },
    ]);
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });

  test('cover tags when there are some', () => {
    schedule({ tags: { team: 'blue' } });
    expect(allowed()).toContainEqual(expect.objectContaining({ Action: 'batch:TagResource' }));
  });

  test('may be those of a role of the user', () => {
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    schedule({ role });
    expect(statementsOf(stack, 'Mine').length).toBeGreaterThan(0);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  });

  test.each([
    { group: undefined, arn: /schedule-group\/default$/ },
    { group: 'Group', arn: /^\$\{Group/ },
  ])('let only schedules of the group $group take on the role', ({ group, arn }) => {
    schedule({}, group === undefined ? undefined : new scheduler.ScheduleGroup(stack, group));
    const [role] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(readable(valueAt(role, 'Properties', 'AssumeRolePolicyDocument'))).toMatchObject({
      Statement: [
        {
          Condition: {
            StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' },
            ArnLike: { 'aws:SourceArn': expect.stringMatching(arn) as unknown },
          },
        },
      ],
    });
  });
});

describe('bad input', () => {
  test.each([
    { arraySize: ArraySize.of(1), message: /pipeline-array-size/ },
    { jobName: '-', message: /'jobName' must be up to 128 letters/ },
    { attemptTimeout: Duration.seconds(59), message: /'attemptTimeout' .* of seconds from 60 .*got 59 .*job-timeout/ },
    { schedulingPriority: 10_000, message: /job-scheduling-priority/ },
    { shareIdentifier: 'a', message: /Queue has no scheduling policy and takes none.*pipeline-share-unused/ },
    { size: JobSize.of(1.5, Size.gibibytes(1)), message: /'size' must ask for a whole number of vCPUs/ },
  ])('refuses $message', ({ message, ...props }) => {
    expect(() => schedule(props)).toThrow(message);
  });

  test('refuses overrides that are too long for ECS', () => {
    schedule({ environment: { LONG: 'x'.repeat(8_200) } });
    expect(() => Template.fromStack(stack)).toThrow(/pipeline-overrides-length/);
  });
});
