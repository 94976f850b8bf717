import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Input } from '../../../local/core/service';
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

describe('a job that asks for GPUs', () => {
  const gpuQueue = async (resources: Input): Promise<void> => {
    await open(16);
    await bench.environment('gpu', 8, resources);
    await bench.queue('both', 1, ['ce', 'gpu']);
  };

  test.each([
    ['an image type with NVIDIA', { instanceTypes: ['g5'], ec2Configuration: [{ imageType: 'ECS_AL2023_NVIDIA' }] }],
    ['the default image', { instanceTypes: ['m6i.large', 'g5.12xlarge'] }],
    ['a type that nobody knows', { instanceTypes: ['g99.xlarge'] }],
  ])('runs on instances that have as many with %s, and knows which ones', async (_, resources) => {
    await gpuQueue(resources);
    await bench.define('which', 'console.log(process.env.NVIDIA_VISIBLE_DEVICES)');
    const job = await bench.run('which', { jobQueue: 'both', ...needing(1, 512, 2) });
    expect(bench.output(job)).toEqual(['0,1']);
  });

  test('shares none with another one', async () => {
    // Two instances of 4 vCPUs and a GPU each.
    await gpuQueue({ instanceTypes: ['g5.xlarge'] });
    await bench.define('which', 'console.log(process.env.NVIDIA_VISIBLE_DEVICES); setTimeout(() => {}, 200)');
    const ids = await Promise.all(
      [1, 2, 3].map(() => bench.submit('which', { jobQueue: 'both', ...needing(1, 64, 1) })),
    );
    const jobs = await Promise.all(ids.map((id) => bench.ended(id)));
    const [one, two, last] = jobs.map((job) => ({ job, gpu: bench.output(job)[0] }));
    expect([one.gpu, two.gpu]).toEqual(['0', '1']);
    const before = last.gpu === one.gpu ? one : two;
    const [waited, ended] = [last, before].map(({ job }) => job.records('attempts')[0]);
    expect(last.gpu).toBe(before.gpu);
    expect(waited.number('startedAt')).toBeGreaterThanOrEqual(ended.number('stoppedAt'));
  });

  test.each<[string, Input]>([
    [
      'an image without the driver',
      { instanceTypes: ['g5.12xlarge'], ec2Configuration: [{ imageType: 'ECS_AL2023' }] },
    ],
    ['instances without GPUs of NVIDIA', { instanceTypes: ['m6i.large', 'c7g', 'g4ad'] }],
    ['instances with fewer', { instanceTypes: ['g5.xlarge', 'g6.xlarge'] }],
  ])('blocks a queue of %s', async (_, resources) => {
    await gpuQueue(resources);
    const jobId = await bench.submit('ok', { jobQueue: 'both', ...needing(1, 512, 2) });
    await vi.waitFor(() => {
      expect(bench.events.filter(({ type }) => type === 'Batch Job Queue Blocked')).toHaveLength(1);
    });
    const job = await bench.describe(jobId);
    expect(job.text('statusReason')).toMatch(/^MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT/);
    expect(bench.world.notes.join()).toContain(`job ${jobId} blocks the job queue both`);
  });
});
