import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create({ vcpus: 2, memoryMiB: 8192 });
  await bench.call('CreateSchedulingPolicy', {
    name: 'policy',
    fairsharePolicy: {
      shareDistribution: [
        { shareIdentifier: 'slow*', weightFactor: 4 },
        { shareIdentifier: 'fast', weightFactor: 1 },
      ],
    },
  });
  await bench.call('CreateJobQueue', {
    jobQueueName: 'fair',
    priority: 1,
    schedulingPolicyArn: POLICY,
    computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ce' }],
  });
  await bench.define('quick', '', {}, { schedulingPriority: 1 });
  await bench.define('long', 'setInterval(() => {}, 1e6)', {}, { schedulingPriority: 1 });
});
afterEach(() => bench.world.close());

const POLICY = 'arn:aws:batch:us-east-1:000000000000:scheduling-policy/policy';
const submit = (definition: string, share: string, more: Input = {}) =>
  bench.submit(definition, { jobQueue: 'fair', shareIdentifier: share, ...more });

const started = (): readonly string[] =>
  bench.events.filter(({ detail }) => detail.text('status') === 'STARTING').map(({ detail }) => detail.text('jobId'));

describe('a fair-share queue', () => {
  test('starts the job of the share that uses least for its weight', async () => {
    await bench.reaches(await submit('long', 'slowA'), 'RUNNING');
    const blocker = await submit('long', 'fast');
    await bench.reaches(blocker, 'RUNNING');
    const slow = await submit('quick', 'slowA');
    const fast = await submit('quick', 'fast');
    const other = await submit('quick', 'other');
    for (const id of [slow, fast, other]) await bench.reaches(id, 'RUNNABLE');
    await bench.call('TerminateJob', { jobId: blocker, reason: 'make room' });
    await bench.ended(slow);
    // 'fast' has used something a moment ago, 'other' nothing.
    expect(started().slice(2)).toEqual([other, fast, slow]);
  });

  test('starts jobs of one share by their priority', async () => {
    const blockers = [await submit('long', 'fast'), await submit('long', 'fast')];
    for (const id of blockers) await bench.reaches(id, 'RUNNING');
    const [low, high] = [await submit('quick', 'a'), await submit('quick', 'a', { schedulingPriorityOverride: 5 })];
    for (const id of [low, high]) await bench.reaches(id, 'RUNNABLE');
    await bench.call('TerminateJob', { jobId: blockers[0], reason: 'make room' });
    await bench.ended(low);
    expect(started().slice(2)).toEqual([high, low]);
  });

  test('shows and lists jobs by their shares', async () => {
    const id = await submit('quick', 'teamA', { schedulingPriorityOverride: 7 });
    expect((await bench.ended(id)).values).toMatchObject({ shareIdentifier: 'teamA', schedulingPriority: 7 });
    await bench.ended(await submit('quick', 'teamB'));
    const filters = [{ name: 'SHARE_IDENTIFIER', values: ['teamA'] }];
    const listed = new Reader(await bench.call('ListJobs', { jobQueue: 'fair', filters }));
    expect(listed.records('jobSummaryList').map((one) => one.text('jobId'))).toEqual([id]);
  });

  test.each<[Input, string]>([
    [{ shareIdentifier: undefined }, 'shareIdentifier must be specified.'],
    [
      { shareIdentifier: 'team a' },
      "'shareIdentifier' must have 1 to 255 letters, digits, hyphens and underscores, got 'team a'",
    ],
    [{ schedulingPriorityOverride: 10_000 }, 'must be a whole number between 0 and 9999, got 10000'],
  ])('refuses %j', async (input, message) => {
    await expect(submit('quick', 'a', input)).rejects.toThrow(message);
  });

  test('refuses a job without any scheduling priority', async () => {
    await bench.define('plain', '');
    await expect(submit('plain', 'a')).rejects.toThrow(
      'Either schedulingPriority in job definition or schedulingPriorityOverride should be specified.',
    );
  });

  test('gets another policy, but a queue without one never gets any', async () => {
    await bench.call('CreateSchedulingPolicy', { name: 'next', fairsharePolicy: {} });
    const schedulingPolicyArn = POLICY.replace('/policy', '/next');
    await bench.call('UpdateJobQueue', { jobQueue: 'fair', schedulingPolicyArn });
    const described = await bench.call('DescribeJobQueues', { jobQueues: ['fair'] });
    expect(described).toMatchObject({ jobQueues: [{ schedulingPolicyArn }] });
    await expect(bench.call('UpdateJobQueue', { jobQueue: 'queue', schedulingPolicyArn })).rejects.toThrow(
      "job queue 'queue' has no scheduling policy and cannot get one",
    );
  });
});

describe('a consumable resource', () => {
  const license = (quantity: number) => ({
    consumableResourceProperties: { consumableResourceList: [{ consumableResource: 'license', quantity }] },
  });
  const create = (resourceType: string, totalQuantity: number) =>
    bench.call('CreateConsumableResource', { consumableResourceName: 'license', resourceType, totalQuantity });
  /** A job that needs none of it, submitted last, has ended by now. */
  const othersGoOn = async (): Promise<void> => {
    await bench.ended(await submit('quick', 'a'));
  };
  const quantities = async (): Promise<Input> => {
    const { totalQuantity, inUseQuantity, availableQuantity } = await bench.call('DescribeConsumableResource', {
      consumableResource: 'license',
    });
    return { totalQuantity, inUseQuantity, availableQuantity };
  };

  test('is held by a job while it runs, and another one waits for it', async () => {
    await create('REPLENISHABLE', 3);
    await bench.define('held', 'setInterval(() => {}, 1e6)', {}, license(2));
    const first = await bench.submit('held');
    await bench.reaches(first, 'RUNNING');
    expect(await quantities()).toEqual({ totalQuantity: 3, inUseQuantity: 2, availableQuantity: 1 });
    const second = await bench.submit('held');
    await othersGoOn();
    expect(bench.statuses(second).at(-1)).toBe('RUNNABLE');
    await bench.call('TerminateJob', { jobId: first, reason: 'done' });
    await bench.reaches(second, 'RUNNING');
    expect((await bench.ended(first)).values).toMatchObject({ status: 'FAILED' });
    expect(await quantities()).toMatchObject({ inUseQuantity: 2 });
  });

  test('that is not replenishable is used up, and more of it lets jobs go on', async () => {
    await create('NON_REPLENISHABLE', 1);
    await bench.define('eater', '', {}, license(1));
    await bench.run('eater');
    expect(await quantities()).toMatchObject({ inUseQuantity: 1, availableQuantity: 0 });
    const next = await bench.submit('eater');
    await othersGoOn();
    expect(bench.statuses(next).at(-1)).toBe('RUNNABLE');
    await bench.call('UpdateConsumableResource', { consumableResource: 'license', operation: 'ADD', quantity: 1 });
    expect((await bench.ended(next)).text('status')).toBe('SUCCEEDED');
  });

  test('is asked for by a submission in the place of its definition', async () => {
    await create('REPLENISHABLE', 5);
    await bench.define('held', 'setInterval(() => {}, 1e6)', {}, license(2));
    const { consumableResourceProperties } = license(4);
    const id = await bench.submit('held', { consumableResourcePropertiesOverride: consumableResourceProperties });
    await bench.reaches(id, 'RUNNING');
    expect(await quantities()).toMatchObject({ inUseQuantity: 4 });
    await bench.define(
      'lost',
      '',
      {},
      {
        consumableResourceProperties: { consumableResourceList: [{ consumableResource: 'none', quantity: 1 }] },
      },
    );
    await expect(bench.submit('lost')).rejects.toThrow("consumable resource 'none' does not exist");
  });
});
