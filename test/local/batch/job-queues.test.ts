import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const order = (...names: readonly string[]) =>
  names.map((computeEnvironment, index) => ({ order: index + 1, computeEnvironment }));

const create = (input: Input = {}) =>
  bench.call('CreateJobQueue', { jobQueueName: 'new', priority: 1, computeEnvironmentOrder: order('ce'), ...input });

const describeOne = async (name: string): Promise<Reader | undefined> =>
  new Reader(await bench.call('DescribeJobQueues', { jobQueues: [name] })).records('jobQueues').at(0);

const remove = async (jobQueue: string): Promise<void> => {
  await bench.call('UpdateJobQueue', { jobQueue, state: 'DISABLED' });
  await bench.call('DeleteJobQueue', { jobQueue });
};

describe('a job queue', () => {
  test('is valid at once and described as requested', async () => {
    await bench.environment('second');
    const jobQueueArn = 'arn:aws:batch:us-east-1:000000000000:job-queue/new';
    const computeEnvironmentOrder = [
      { order: 7, computeEnvironment: 'second' },
      { order: 2, computeEnvironment: 'arn:aws:batch:us-east-1:000000000000:compute-environment/ce' },
    ];
    expect(await create({ computeEnvironmentOrder, tags: { team: 'x' } })).toEqual({
      jobQueueName: 'new',
      jobQueueArn,
    });
    expect((await describeOne(jobQueueArn))?.values).toMatchObject({
      jobQueueName: 'new',
      state: 'ENABLED',
      status: 'VALID',
      priority: 1,
      jobQueueType: 'ECS',
      tags: { team: 'x' },
      computeEnvironmentOrder: [
        { order: 2, computeEnvironment: 'arn:aws:batch:us-east-1:000000000000:compute-environment/ce' },
        { order: 7, computeEnvironment: 'arn:aws:batch:us-east-1:000000000000:compute-environment/second' },
      ],
    });
  });

  test('is updated in part', async () => {
    await create();
    await bench.call('UpdateJobQueue', { jobQueue: 'new', priority: 9 });
    expect((await describeOne('new'))?.values).toMatchObject({ priority: 9, state: 'ENABLED' });
  });

  test('is gone after its deletion', async () => {
    await create();
    await remove('new');
    expect(await describeOne('new')).toBeUndefined();
  });

  test('ends its jobs before it goes', async () => {
    await bench.define('wait', 'setInterval(() => {}, 1000)');
    const first = await bench.submit('wait');
    await bench.queue('other');
    const elsewhere = await bench.submit('wait', { jobQueue: 'other' });
    const second = await bench.submit('wait', { dependsOn: [{ jobId: elsewhere }] });
    await bench.reaches(first, 'RUNNING');
    await bench.reaches(second, 'PENDING');
    await remove('queue');
    expect((await describeOne('queue'))?.text('status')).toBe('DELETING');
    await expect(bench.submit('wait')).rejects.toThrow("job queue 'queue' is DELETING and takes no jobs");
    const jobs = [await bench.ended(first), await bench.ended(second)];
    expect(jobs.map((job) => job.text('statusReason'))).toEqual(Array(2).fill('The job queue was deleted'));
    await vi.waitFor(async () => {
      expect(await describeOne('queue')).toBeUndefined();
    });
  });

  test('refuses to be deleted while it is enabled', async () => {
    await expect(bench.call('DeleteJobQueue', { jobQueue: 'queue' })).rejects.toThrow(
      "job queue 'queue' must be DISABLED first",
    );
  });

  const limit = {
    reason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
    state: 'RUNNABLE',
    maxTimeSeconds: 600,
    action: 'CANCEL',
  };
  test.each<[Input, string]>([
    [{ jobQueueName: '' }, "job queue name '' must be 1 to 128 letters"],
    [{ jobQueueName: 'queue' }, "job queue 'queue' exists already"],
    [{ priority: 1001 }, "'priority' must be a whole number between 0 and 1000, got 1001"],
    [{ priority: undefined }, "'priority' must be a number, got nothing"],
    [{ computeEnvironmentOrder: [] }, "'computeEnvironmentOrder' of a job queue has 1 to 3 entries, got 0"],
    [{ computeEnvironmentOrder: order('ce', 'ce', 'ce', 'ce') }, 'has 1 to 3 entries, got 4'],
    [{ computeEnvironmentOrder: order('none') }, "compute environment 'none' does not exist"],
    [
      { computeEnvironmentOrder: [...order('ce'), ...order('ce')] },
      "each 'order' of 'computeEnvironmentOrder' must be given once",
    ],
    [
      { computeEnvironmentOrder: order('ce', 'fargate') },
      "must not mix kinds of compute environments: 'ce' is EC2, 'fargate' is FARGATE",
    ],
    [
      { jobStateTimeLimitActions: [{ ...limit, maxTimeSeconds: 599 }] },
      'must be a whole number between 600 and 86400, got 599',
    ],
    [{ jobStateTimeLimitActions: [{ ...limit, action: 'TERMINATE' }] }, "must be one of CANCEL, got 'TERMINATE'"],
    [{ schedulingPolicyArn: 'x' }, "scheduling policy 'x' does not exist"],
    [
      { serviceEnvironmentOrder: [{ order: 1, serviceEnvironment: 'x' }] },
      "'serviceEnvironmentOrder' must not be given",
    ],
    [{ jobQueueType: 'EKS' }, "'jobQueueType' of job queue 'new' must be ECS, got 'EKS'"],
  ])('refuses %j', async (input, message) => {
    await bench.fargate();
    const refusal = create(input);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({ code: 'ClientException', statusCode: 400 });
  });

  test('refuses by name what the endpoint does not do', async () => {
    const refusal = create({ jobLimit: 1 });
    await expect(refusal).rejects.toThrow("'jobLimit' of CreateJobQueue");
    await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
  });
});
