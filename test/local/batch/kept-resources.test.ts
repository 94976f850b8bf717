import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const arn = (resource: string) => `arn:aws:batch:us-east-1:000000000000:${resource}`;
const SERVICE = {
  serviceEnvironmentName: 'training',
  serviceEnvironmentType: 'SAGEMAKER_TRAINING',
  capacityLimits: [{ maxCapacity: 4, capacityUnit: 'NUM_INSTANCES' }],
};
const SHARE = {
  quotaShareName: 'team',
  jobQueue: 'queue',
  capacityLimits: [{ maxCapacity: 2, capacityUnit: 'ml.m5.large' }],
  resourceSharingConfiguration: { strategy: 'LEND' },
  preemptionConfiguration: { inSharePreemption: 'DISABLED' },
};
const RESOURCE = { consumableResourceName: 'license', resourceType: 'REPLENISHABLE', totalQuantity: 2 };
const POLICY = { name: 'policy', fairsharePolicy: { shareDecaySeconds: 60 } };

describe.each<[string, Input, string, Input, Input, (described: Input) => Input]>([
  [
    'SchedulingPolicy',
    POLICY,
    arn('scheduling-policy/policy'),
    { arn: arn('scheduling-policy/policy') },
    { fairsharePolicy: { shareDecaySeconds: 90 } },
    (one) => ({ schedulingPolicies: [one] }),
  ],
  [
    'ServiceEnvironment',
    SERVICE,
    arn('service-environment/training'),
    { serviceEnvironment: 'training' },
    { state: 'DISABLED' },
    (one) => ({ serviceEnvironments: [one] }),
  ],
  [
    'QuotaShare',
    SHARE,
    arn('job-queue/queue/quota-share/team'),
    { quotaShareArn: arn('job-queue/queue/quota-share/team') },
    { state: 'DISABLED' },
    (one) => one,
  ],
])('%s', (noun, input, itsArn, reference, change, answer) => {
  const operation = { SchedulingPolicy: 'SchedulingPolicies', ServiceEnvironment: 'ServiceEnvironments' }[noun] ?? noun;

  test('is kept, changed, tagged and deleted', async () => {
    const created = await bench.call(`Create${noun}`, { ...input, tags: { team: 'a' } });
    expect(Object.values(created)).toContain(itsArn);
    await expect(bench.call(`Create${noun}`, input)).rejects.toThrow(`${itsArn} exists already`);
    await bench.call(`Update${noun}`, { ...reference, ...change });
    await bench.call('TagResource', { resourceArn: itsArn, tags: { more: 'b' } });
    const described = await bench.call(`Describe${operation}`, noun === 'QuotaShare' ? reference : {});
    expect(described).toMatchObject(answer({ ...input, ...change, tags: { team: 'a', more: 'b' } }));
    await bench.call(`Delete${noun}`, reference);
    await expect(bench.call(`Delete${noun}`, reference)).rejects.toThrow('does not exist');
  });
});

test.each<[string, Input, string]>([
  [
    'CreateSchedulingPolicy',
    { ...POLICY, quotaSharePolicy: {} },
    "has one of 'fairsharePolicy' and 'quotaSharePolicy'",
  ],
  ['CreateConsumableResource', { ...RESOURCE, resourceType: 'X' }, "'resourceType' must be one of REPLENISHABLE"],
  ['CreateConsumableResource', { ...RESOURCE, totalQuantity: -1 }, "'totalQuantity' must be a whole number at least 0"],
  ['CreateServiceEnvironment', { ...SERVICE, capacityLimits: undefined }, "'capacityLimits' must be given"],
  ['CreateQuotaShare', { ...SHARE, jobQueue: 'none' }, "job queue 'none' does not exist"],
  ['CreateQuotaShare', { ...SHARE, state: 'X' }, "'state' must be one of ENABLED | DISABLED, got 'X'"],
])('%s refuses %j', async (operation, input, message) => {
  const refusal = bench.call(operation, input);
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.toMatchObject({ code: 'ClientException' });
});

test('an unknown setting is refused by its name', async () => {
  const refusal = bench.call('CreateServiceEnvironment', { ...SERVICE, color: 'red' });
  await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
});

describe('a job queue for training jobs', () => {
  const create = () =>
    bench.call('CreateJobQueue', {
      jobQueueName: 'train',
      jobQueueType: 'SAGEMAKER_TRAINING',
      priority: 1,
      serviceEnvironmentOrder: [{ order: 1, serviceEnvironment: 'training' }],
      jobStateTimeLimitActions: [{ reason: 'CAPACITY:X', state: 'RUNNABLE', maxTimeSeconds: 600, action: 'TERMINATE' }],
    });

  test('has a service environment, which cannot go before it, and takes no jobs of others', async () => {
    await bench.call('CreateServiceEnvironment', SERVICE);
    await create();
    expect(await bench.call('DescribeJobQueues', { jobQueues: ['train'] })).toMatchObject({
      jobQueues: [
        {
          jobQueueType: 'SAGEMAKER_TRAINING',
          serviceEnvironmentOrder: [{ order: 1, serviceEnvironment: arn('service-environment/training') }],
        },
      ],
    });
    const serviceEnvironment = 'training';
    await bench.call('UpdateServiceEnvironment', { serviceEnvironment, state: 'DISABLED' });
    await expect(bench.call('DeleteServiceEnvironment', { serviceEnvironment })).rejects.toThrow('a job queue uses');
    await bench.define('any', '');
    await expect(bench.submit('any', { jobQueue: 'train' })).rejects.toThrow('use SubmitServiceJob');
    await bench.call('UpdateJobQueue', { jobQueue: 'train', state: 'DISABLED' });
    await bench.call('DeleteJobQueue', { jobQueue: 'train' });
    await bench.call('DeleteServiceEnvironment', { serviceEnvironment });
  });

  test('is refused without it', async () => {
    await expect(create()).rejects.toThrow("service environment 'training' does not exist");
  });
});
