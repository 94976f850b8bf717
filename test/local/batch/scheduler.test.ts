import { afterEach, describe, expect, test, vi } from 'vitest';
import { BatchBench } from './support';

let bench: BatchBench;
afterEach(async () => {
  vi.useRealTimers();
  await bench.world.close();
});

const starts = (): readonly string[] =>
  bench.events.filter(({ detail }) => detail.text('status') === 'STARTING').map(({ detail }) => detail.text('jobName'));

const running = (): readonly string[] => {
  const now = new Map(bench.events.map(({ detail }) => [detail.text('jobName'), detail.text('status')]));
  return [...now].filter(([, status]) => status === 'RUNNING').map(([name]) => name);
};

const open = async (vcpus: number, memoryMiB = 8192): Promise<void> => {
  bench = await BatchBench.create({ vcpus, memoryMiB });
  await bench.define('ok', '');
  await bench.define('wait', 'setInterval(() => {}, 1000)');
};

const needing = (vcpus: number, memoryMiB = 512, gpus = 0) => ({
  containerOverrides: {
    resourceRequirements: [
      { type: 'VCPU', value: String(vcpus) },
      { type: 'MEMORY', value: String(memoryMiB) },
      ...(gpus > 0 ? [{ type: 'GPU', value: String(gpus) }] : []),
    ],
  },
});

/** Submits jobs while nothing can start, lets them start, and waits for the last. */
const inOneGo = async (jobs: readonly { readonly jobName: string; readonly jobQueue?: string }[]): Promise<void> => {
  await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', state: 'DISABLED' });
  const ids: string[] = [];
  for (const job of jobs) ids.push(await bench.submit('ok', job));
  await Promise.all(ids.map((id) => bench.reaches(id, 'RUNNABLE')));
  await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', state: 'ENABLED' });
  await Promise.all(ids.map((id) => bench.ended(id)));
};

describe('jobs start', () => {
  test('in the order of submission', async () => {
    await open(1);
    await inOneGo([{ jobName: 'a' }, { jobName: 'b' }, { jobName: 'c' }]);
    expect(starts()).toEqual(['a', 'b', 'c']);
  });

  test('from the queue of the highest priority first', async () => {
    await open(1);
    await bench.queue('urgent', 10);
    await bench.queue('bulk', 0);
    await inOneGo([
      { jobName: 'bulk', jobQueue: 'bulk' },
      { jobName: 'standard' },
      { jobName: 'urgent', jobQueue: 'urgent' },
    ]);
    expect(starts()).toEqual(['urgent', 'standard', 'bulk']);
  });

  test('from a queue of lower priority only where no job of a higher one waits', async () => {
    await open(16);
    await bench.queue('urgent', 10);
    await bench.reaches(await bench.submit('wait', { jobName: 'first' }), 'RUNNING');
    await bench.reaches(await bench.submit('ok', { jobName: 'urgent', jobQueue: 'urgent', ...needing(4) }), 'RUNNABLE');
    await bench.reaches(await bench.submit('ok', { jobName: 'small' }), 'RUNNABLE');
    await new Promise((resolve) => setImmediate(resolve));
    expect(starts()).toEqual(['first']);
  });

  test('in the order of submission over queues of one priority', async () => {
    await open(1);
    await bench.queue('other', 1);
    await inOneGo([{ jobName: 'a' }, { jobName: 'b', jobQueue: 'other' }, { jobName: 'c' }]);
    expect(starts()).toEqual(['a', 'b', 'c']);
  });
});

describe('as many jobs run', () => {
  test.each([
    ['vCPUs of the machine', 2, 8192, needing(1), 2],
    ['memory of the machine', 4, 1024, needing(1, 512), 2],
    ['vCPUs of the compute environment', 8, 8192, needing(1), 4],
    ['vCPUs when each takes two', 4, 8192, needing(2), 2],
  ])('as fit the %s', async (_, vcpus, memoryMiB, needs, expected) => {
    await open(vcpus, memoryMiB);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const ids = await Promise.all(names.map((jobName) => bench.submit('wait', { jobName, ...needs })));
    await bench.reaches(ids[expected - 1], 'RUNNING');
    expect(running()).toEqual(names.slice(0, expected));
  });

  test('alone when one is larger than the machine', async () => {
    await open(2);
    const small = await bench.submit('ok', { jobName: 'small' });
    const large = await bench.submit('ok', { jobName: 'large', ...needing(4) });
    const next = await bench.submit('ok', { jobName: 'next' });
    const attempts = (await Promise.all([small, large, next].map((id) => bench.ended(id)))).map(
      (job) => job.records('attempts')[0],
    );
    for (const [index, attempt] of attempts.slice(1).entries()) {
      expect(attempt.number('startedAt')).toBeGreaterThanOrEqual(attempts[index].number('stoppedAt'));
    }
  });
});

describe('a queue with several compute environments', () => {
  test('fills the first one first', async () => {
    await open(4);
    await bench.environment('small', 1);
    await bench.queue('both', 1, ['small', 'ce']);
    await bench.define('where', 'console.log(process.env.AWS_BATCH_CE_NAME); setTimeout(() => {}, 200)');
    const ids = [await bench.submit('where', { jobQueue: 'both' }), await bench.submit('where', { jobQueue: 'both' })];
    const jobs = await Promise.all(ids.map((id) => bench.ended(id)));
    expect(jobs.map((job) => bench.output(job)[0])).toEqual(['small', 'ce']);
  });
});

describe('a job that asks for GPUs', () => {
  test.each([
    ['an image type with NVIDIA', { ec2Configuration: [{ imageType: 'ECS_AL2023_NVIDIA' }] }],
    ['instances with GPUs and the default image', { instanceTypes: ['g5.xlarge'] }],
  ])('runs where a compute environment has %s, and its log says that it gets none', async (_, resources) => {
    await open(4);
    await bench.environment('gpu', 4, resources);
    await bench.queue('both', 1, ['ce', 'gpu']);
    const job = await bench.run('ok', { jobQueue: 'both', ...needing(1, 512, 2) });
    expect(job.text('status')).toBe('SUCCEEDED');
    expect(bench.log(job)).toContain('[local endpoint] not applied to a host process: GPU');
  });

  test.each([
    ['an image type without NVIDIA', { instanceTypes: ['g5.xlarge'], ec2Configuration: [{ imageType: 'ECS_AL2023' }] }],
    ['instances without GPUs', { instanceTypes: ['m6i.large', 'c7g', 'g4ad'] }],
  ])('blocks a queue whose compute environments have %s, and says why', async (_, resources) => {
    await open(4);
    await bench.environment('plain', 4, resources);
    await bench.queue('plain', 1, ['plain']);
    const jobId = await bench.submit('ok', { jobQueue: 'plain', ...needing(1, 512, 2) });
    await vi.waitFor(() => {
      expect(bench.events.filter(({ type }) => type === 'Batch Job Queue Blocked')).toHaveLength(1);
    });
    expect((await bench.describe(jobId)).values).toMatchObject({
      status: 'RUNNABLE',
      statusReason:
        'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - the job asks for 2 GPUs, its compute environments have none',
    });
  });
});

describe('a job that none of its compute environments can take', () => {
  test('blocks its queue, and says why', async () => {
    await open(16);
    const jobId = await bench.submit('ok', { jobName: 'huge', ...needing(8) });
    await bench.submit('ok', { jobName: 'behind' });
    await vi.waitFor(() => {
      expect(bench.events.filter(({ type }) => type === 'Batch Job Queue Blocked')).toHaveLength(1);
    });
    const job = await bench.describe(jobId);
    expect(job.values).toMatchObject({
      status: 'RUNNABLE',
      statusReason:
        'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - the job asks for 8 vCPUs, its compute environments have 4',
    });
    expect(starts()).toEqual([]);
    expect(bench.world.notes.join()).toContain(`job ${jobId} blocks the job queue queue`);
  });

  test('runs when one grows', async () => {
    await open(16);
    const jobId = await bench.submit('ok', needing(8));
    await bench.reaches(jobId, 'RUNNABLE');
    await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', computeResources: { maxvCpus: 8 } });
    expect((await bench.ended(jobId)).text('status')).toBe('SUCCEEDED');
  });

  test.each([
    ['MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE', needing(8)],
    ['MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT', needing(1, 512, 1)],
  ])('is cancelled when its queue has a time limit for %s, and the next one runs', async (reason, needs) => {
    await open(16);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await bench.call('UpdateJobQueue', {
      jobQueue: 'queue',
      jobStateTimeLimitActions: [
        {
          reason,
          state: 'RUNNABLE',
          maxTimeSeconds: 600,
          action: 'CANCEL',
        },
      ],
    });
    const jobId = await bench.submit('ok', needs);
    const behind = await bench.submit('ok');
    await bench.reaches(behind, 'RUNNABLE');
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(600_000);
    expect((await bench.ended(jobId)).values).toMatchObject({
      status: 'FAILED',
      isCancelled: true,
      statusReason: `Canceled by JobStateTimeLimit action due to reason: ${reason}`,
    });
    expect((await bench.ended(behind)).text('status')).toBe('SUCCEEDED');
  });
});
