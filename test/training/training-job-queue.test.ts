import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter, Duration, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import {
  CapacityLimit,
  FairShareSchedulingPolicy,
  JobQueue,
  FargateComputeEnvironment,
  QuotaShareSchedulingPolicy,
  ServiceEnvironment,
  TrainingJobQueue,
  TrainingTimeLimits,
} from '../../lib';
import { newStack, templateOf } from '../support/stack';
import { fifoQueue, instanceType, sharedQueue } from './training-stack';

const TYPE = 'AWS::Batch::JobQueue';
const NO_CAPACITY = 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY';
const ENVIRONMENT = 'MISCONFIGURATION:SERVICE_ENVIRONMENT_MAX_RESOURCE';
const QUOTA = 'MISCONFIGURATION:QUOTA_MANAGEMENT_LIMIT_EXCEEDED';
const QUEUE_ARN = 'arn:aws:batch:us-east-1:123456789012:job-queue/training';
const POLICY_ARN = 'arn:aws:batch:us-east-1:123456789012:scheduling-policy/shares';

const terminateAfter = (limits: Readonly<Record<string, number>>) =>
  Object.entries(limits).map(([Reason, MaxTimeSeconds]) => ({
    Action: 'TERMINATE',
    MaxTimeSeconds,
    Reason,
    State: 'RUNNABLE',
  }));

describe('a queue of training jobs', () => {
  test('serves them in order of submission on its service environment', () => {
    const template = templateOf((stack) => fifoQueue(stack));
    template.hasResourceProperties(TYPE, {
      JobQueueType: 'SAGEMAKER_TRAINING',
      State: 'ENABLED',
      Priority: 1,
      ServiceEnvironmentOrder: [
        {
          Order: 1,
          ServiceEnvironment: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Training'), 'ServiceEnvironmentArn'] },
        },
      ],
      ComputeEnvironmentOrder: Match.absent(),
      SchedulingPolicyArn: Match.absent(),
      JobQueueName: Match.absent(),
      Tags: Match.absent(),
    });
  });

  test('can be closed, named and tagged; tags of the app stay away', () => {
    const stack = newStack();
    Tags.of(stack).add('commit', '1a2b3c');
    fifoQueue(stack, { enabled: false, priority: 7, jobQueueName: 'training', tags: { team: 'vision' } });
    Template.fromStack(stack).hasResourceProperties(TYPE, {
      State: 'DISABLED',
      Priority: 7,
      JobQueueName: 'training',
      Tags: Match.objectEquals({ team: 'vision' }),
    });
    expect(Annotations.fromStack(stack).findWarning('/Stack/Queue', Match.anyValue())).toHaveLength(1);
  });

  test.each([-1, 1001])('refuses priority %d: queue-priority', (priority) => {
    expect(() => fifoQueue(newStack(), { priority })).toThrow(`'priority' must be a whole number from 0 to 1000`);
  });

  test('divides its capacity by fair share', () => {
    const stack = newStack();
    const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Fair');
    expect(fifoQueue(stack, { schedulingPolicy }).schedulingPolicy).toBe(schedulingPolicy);
    Template.fromStack(stack).hasResourceProperties(TYPE, {
      SchedulingPolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Fair'), 'Arn'] },
    });
  });
});

describe('a training job that cannot be placed is terminated', () => {
  test.each([
    ['by default', undefined, { [NO_CAPACITY]: 86_400, [ENVIRONMENT]: 3600 }],
    [
      'earlier for one reason',
      TrainingTimeLimits.of({ insufficientCapacity: Duration.hours(4) }),
      { [NO_CAPACITY]: 14_400, [ENVIRONMENT]: 3600 },
    ],
    [
      'for given reasons only',
      TrainingTimeLimits.only({ environmentTooSmall: Duration.minutes(10) }),
      { [ENVIRONMENT]: 600 },
    ],
  ])('%s', (_, timeLimits, limits) => {
    const template = templateOf((stack) => fifoQueue(stack, { timeLimits }));
    template.hasResourceProperties(TYPE, { JobStateTimeLimitActions: terminateAfter(limits) });
  });

  test('when it is more than its quota share, too', () => {
    const template = templateOf((stack) => sharedQueue(stack));
    const limits = { [NO_CAPACITY]: 86_400, [ENVIRONMENT]: 3600, [QUOTA]: 3600 };
    template.hasResourceProperties(TYPE, { JobStateTimeLimitActions: terminateAfter(limits) });
  });

  test('never with none()', () => {
    const template = templateOf((stack) => fifoQueue(stack, { timeLimits: TrainingTimeLimits.none() }));
    template.hasResourceProperties(TYPE, { JobStateTimeLimitActions: Match.absent() });
  });

  test('refuses a limit that the service refuses: queue-time-limit', () => {
    const timeLimits = TrainingTimeLimits.of({ environmentTooSmall: Duration.minutes(9) });
    expect(() => fifoQueue(newStack(), { timeLimits })).toThrow(
      `'timeLimits.environmentTooSmall' must be whole seconds`,
    );
  });
});

describe('quota shares', () => {
  test('need a policy that says who gets idle capacity', () => {
    const template = templateOf((stack) => sharedQueue(stack));
    template.hasResourceProperties('AWS::Batch::SchedulingPolicy', {
      QuotaSharePolicy: { IdleResourceAssignmentStrategy: 'FIFO' },
      FairsharePolicy: Match.absent(),
      Name: Match.absent(),
      Tags: Match.absent(),
    });
  });

  test('may have a policy with a name and tags, or one that is defined elsewhere', () => {
    const template = templateOf((stack) => {
      Tags.of(stack).add('commit', '1a2b3c');
      new QuotaShareSchedulingPolicy(stack, 'Named', { schedulingPolicyName: 'shares', tags: { team: 'vision' } });
      sharedQueue(stack, {
        schedulingPolicy: QuotaShareSchedulingPolicy.fromQuotaShareSchedulingPolicyArn(stack, 'Imported', POLICY_ARN),
      });
    });
    template.hasResourceProperties('AWS::Batch::SchedulingPolicy', {
      Name: 'shares',
      Tags: Match.objectEquals({ team: 'vision' }),
    });
    template.hasResourceProperties(TYPE, { SchedulingPolicyArn: POLICY_ARN });
  });

  test('refuses limits for any instance type: queue-capacity-unit', () => {
    const stack = newStack();
    const schedulingPolicy = new QuotaShareSchedulingPolicy(stack, 'Shares');
    expect(() => fifoQueue(stack, { schedulingPolicy })).toThrow(
      'there must be limits for given instance types with quota shares, got one for NUM_INSTANCES: use CapacityLimit.instancesOf() (in Stack/Queue) [cdk-batch-platform:queue-capacity-unit]',
    );
  });

  test('refuses limits for given instance types without quota shares: queue-capacity-unit', () => {
    expect(() => sharedQueue(newStack(), { schedulingPolicy: undefined })).toThrow(
      'there must be one limit for instances of any type without quota shares, got one for ml.p5.48xlarge: use CapacityLimit.instances()',
    );
  });

  test('are not asked for where the instance type is known at deploy time', () => {
    const stack = newStack();
    const type = instanceType(new CfnParameter(stack, 'Type').valueAsString);
    const serviceEnvironment = new ServiceEnvironment(stack, 'Typed', {
      capacityLimits: [CapacityLimit.instancesOf(type, 1)],
    });
    expect(fifoQueue(stack, { serviceEnvironment }).serviceEnvironment).toBe(serviceEnvironment);
  });

  test('refuses their policy on a queue of jobs in containers: queue-scheduling-policy', () => {
    const stack = newStack();
    const schedulingPolicy = new QuotaShareSchedulingPolicy(stack, 'Shares');
    const computeEnvironments = [
      FargateComputeEnvironment.fromFargateComputeEnvironmentArn(
        stack,
        'Fargate',
        'arn:aws:batch:us-east-1:123456789012:compute-environment/fargate',
      ),
    ];
    expect(() => new JobQueue(stack, 'Queue', { computeEnvironments, schedulingPolicy })).toThrow(
      `'schedulingPolicy' must divide compute by share identifiers, got quota shares of Shares: use a FairShareSchedulingPolicy, or a TrainingJobQueue (in Stack/Queue) [cdk-batch-platform:queue-scheduling-policy]`,
    );
  });
});

test('a role may submit training jobs to this queue only, even to an imported one', () => {
  const template = templateOf((stack) => {
    const queue = TrainingJobQueue.fromTrainingJobQueueArn(stack, 'Queue', QUEUE_ARN);
    expect(queue.jobQueueRef).toEqual({ jobQueueArn: QUEUE_ARN });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    queue.grants.submit(role).assertSuccess();
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Action: 'batch:SubmitServiceJob',
          Effect: 'Allow',
          Resource: [
            QUEUE_ARN,
            `${QUEUE_ARN}/quota-share/*`,
            { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':service-job/\\*$')])] },
          ],
        },
      ],
    },
  });
});
