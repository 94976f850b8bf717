import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { FargateComputeEnvironment, JobQueue, JobStateTimeLimits } from '../../lib';
import { newStack, templateOf } from '../support/stack';

const NO_CAPACITY = 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY';
const TOO_FEW_VCPUS = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE';
const NO_INSTANCE = 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT';
const UNSUPPORTED = 'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED';

const queueIn = (stack: Stack, timeLimits?: JobStateTimeLimits) =>
  new JobQueue(stack, 'Queue', {
    computeEnvironments: [
      FargateComputeEnvironment.fromFargateComputeEnvironmentArn(
        stack,
        'Fargate',
        'arn:aws:batch:us-east-1:123456789012:compute-environment/fargate',
      ),
    ],
    timeLimits,
  });

const cancelAfter = (limits: Readonly<Record<string, unknown>>) =>
  Object.entries(limits).map(([Reason, MaxTimeSeconds]) => ({
    Action: 'CANCEL',
    MaxTimeSeconds,
    Reason,
    State: 'RUNNABLE',
  }));

describe('a job that cannot be placed is cancelled', () => {
  test.each([
    ['by default', undefined, { [NO_CAPACITY]: 86_400, [TOO_FEW_VCPUS]: 3600, [NO_INSTANCE]: 3600 }],
    [
      'earlier for one reason',
      JobStateTimeLimits.of({ insufficientCapacity: Duration.hours(4) }),
      { [NO_CAPACITY]: 14_400, [TOO_FEW_VCPUS]: 3600, [NO_INSTANCE]: 3600 },
    ],
    [
      'at the limits of the limits',
      JobStateTimeLimits.of({ maxvCpusTooSmall: Duration.minutes(10), noInstanceFits: Duration.hours(24) }),
      { [NO_CAPACITY]: 86_400, [TOO_FEW_VCPUS]: 600, [NO_INSTANCE]: 86_400 },
    ],
    [
      'for given reasons only',
      JobStateTimeLimits.only({ noInstanceFits: Duration.hours(2), unsupportedConfiguration: Duration.hours(3) }),
      { [NO_INSTANCE]: 7200, [UNSUPPORTED]: 10_800 },
    ],
  ])('%s', (_, timeLimits, limits) => {
    const template = templateOf((stack) => queueIn(stack, timeLimits));
    template.hasResourceProperties('AWS::Batch::JobQueue', { JobStateTimeLimitActions: cancelAfter(limits) });
  });

  test('after a time that is known at deploy time', () => {
    const template = templateOf((stack) => {
      const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber;
      queueIn(stack, JobStateTimeLimits.only({ insufficientCapacity: Duration.seconds(seconds) }));
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', {
      JobStateTimeLimitActions: cancelAfter({ [NO_CAPACITY]: { Ref: 'Seconds' } }),
    });
  });

  test.each([
    ['none()', JobStateTimeLimits.none()],
    ['only() of nothing', JobStateTimeLimits.only({})],
  ])('never with %s', (_, timeLimits) => {
    const template = templateOf((stack) => queueIn(stack, timeLimits));
    template.hasResourceProperties('AWS::Batch::JobQueue', { JobStateTimeLimitActions: Match.absent() });
  });
});

describe('checks', () => {
  test.each([
    ['599 seconds', Duration.seconds(599)],
    ['1 day 1 second', Duration.seconds(86_401)],
    ['600.5 seconds', Duration.millis(600_500)],
  ])('refuses %s', (_, maxTime) => {
    expect(() => queueIn(newStack(), JobStateTimeLimits.of({ maxvCpusTooSmall: maxTime }))).toThrow(
      /'timeLimits.maxvCpusTooSmall' must be whole seconds, .* \(in Stack\/Queue\) \[cdk-batch-platform:queue-time-limit\]/,
    );
  });
});
