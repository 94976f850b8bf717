import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../support';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
  await bench.define(
    'wait',
    'console.log(process.pid); setInterval(() => {}, 1000)',
    {},
    { retryStrategy: { attempts: 3 } },
  );
  await bench.define('ok', '');
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.world.close();
});

const running = async (jobDefinition: string, input = {}): Promise<string> => {
  const jobId = await bench.submit(jobDefinition, input);
  await bench.reaches(jobId, 'RUNNING');
  return jobId;
};

/** Submits a job and waits for its first line of output. */
const ready = async (jobDefinition: string): Promise<string> => {
  const jobId = await running(jobDefinition);
  await vi.waitFor(async () => {
    expect(bench.output(await bench.describe(jobId))).toHaveLength(1);
  }, 5000);
  return jobId;
};

/** Submits a job that waits for capacity. */
const waiting = async (input = {}): Promise<string> => {
  await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', state: 'DISABLED' });
  const jobId = await bench.submit('ok', input);
  await bench.reaches(jobId, 'RUNNABLE', 'PENDING');
  return jobId;
};

describe('TerminateJob', () => {
  test('ends a running job, and it is not tried again', async () => {
    const jobId = await running('wait');
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    const job = await bench.ended(jobId);
    expect(job.values).toMatchObject({ status: 'FAILED', statusReason: 'enough', isTerminated: true });
    expect(job.record('container').number('exitCode')).toBe(143);
    expect(job.records('attempts')).toHaveLength(1);
    expect(isAlive(Number(bench.output(job)[0]))).toBe(false);
  });

  test('fails a job that would have ended well', async () => {
    await bench.define(
      'polite',
      'process.on("SIGTERM", () => process.exit(0)); console.log("ready"); setInterval(() => {}, 9)',
    );
    const jobId = await ready('polite');
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    const job = await bench.ended(jobId);
    expect(job.text('status')).toBe('FAILED');
    expect(job.record('container').number('exitCode')).toBe(0);
  });

  test('kills a job that does not listen after 30 seconds', async () => {
    await bench.define('deaf', 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)');
    const jobId = await ready('deaf');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    await vi.advanceTimersByTimeAsync(29_999);
    expect((await bench.describe(jobId)).text('status')).toBe('RUNNING');
    await vi.advanceTimersByTimeAsync(1);
    const job = await bench.ended(jobId);
    expect(job.text('statusReason')).toBe('enough');
    expect(job.record('container').number('exitCode')).toBe(137);
  });

  test('ends all children of an array', async () => {
    const jobId = await bench.submit('wait', { arrayProperties: { size: 6 } });
    await bench.reaches(`${jobId}:3`, 'RUNNING');
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    const parent = await bench.ended(jobId);
    expect(parent.values).toMatchObject({ status: 'FAILED', statusReason: 'enough', isTerminated: true });
    const children = await Promise.all([0, 3, 4, 5].map((index) => bench.describe(`${jobId}:${index}`)));
    expect(children.map((child) => child.text('statusReason'))).toEqual(Array(4).fill('enough'));
  });

  test('ends a job that waits', async () => {
    const jobId = await waiting();
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    expect((await bench.ended(jobId)).values).toMatchObject({ status: 'FAILED', isTerminated: true });
  });

  test('leaves a job that has ended as it is', async () => {
    const job = await bench.run('ok');
    await bench.call('TerminateJob', { jobId: job.text('jobId'), reason: 'late' });
    expect((await bench.describe(job.text('jobId'))).values).toEqual(job.values);
  });
});

describe('CancelJob', () => {
  test('ends a job that waits for capacity', async () => {
    const jobId = await waiting();
    await bench.call('CancelJob', { jobId, reason: 'not needed' });
    const job = await bench.ended(jobId);
    expect(job.values).toMatchObject({ status: 'FAILED', statusReason: 'not needed', isCancelled: true });
    expect(bench.statuses(jobId)).toEqual(['RUNNABLE', 'FAILED']);
  });

  test('leaves a running job alone', async () => {
    const jobId = await running('wait');
    await bench.call('CancelJob', { jobId, reason: 'not needed' });
    expect((await bench.describe(jobId)).values).toMatchObject({ status: 'RUNNING', isCancelled: false });
  });

  test('ends a job that waits for another when that one is complete', async () => {
    const first = await running('wait');
    const second = await bench.submit('ok', { dependsOn: [{ jobId: first }] });
    await bench.reaches(second, 'PENDING');
    await bench.call('CancelJob', { jobId: second, reason: 'not needed' });
    expect((await bench.describe(second)).values).toMatchObject({ status: 'PENDING', isCancelled: true });
    await bench.call('TerminateJob', { jobId: first, reason: 'enough' });
    expect((await bench.ended(second)).text('statusReason')).toBe('not needed');
  });

  test('of an array lets those that run finish, and fails the parent then', async () => {
    await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', computeResources: { maxvCpus: 1 } });
    await bench.define('short', 'setTimeout(() => {}, 200)');
    const jobId = await bench.submit('short', { arrayProperties: { size: 2 } });
    await bench.reaches(`${jobId}:0`, 'RUNNING');
    await bench.call('CancelJob', { jobId, reason: 'not needed' });
    expect((await bench.ended(jobId)).values).toMatchObject({ status: 'FAILED', statusReason: 'not needed' });
    expect((await bench.describe(`${jobId}:0`)).text('status')).toBe('SUCCEEDED');
    expect((await bench.describe(`${jobId}:1`)).text('status')).toBe('FAILED');
  });
});

describe('a timeout', () => {
  test('ends an attempt, and the job is not tried again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const jobId = await running('wait', { timeout: { attemptDurationSeconds: 60 } });
    await vi.advanceTimersByTimeAsync(59_999);
    expect((await bench.describe(jobId)).text('status')).toBe('RUNNING');
    await vi.advanceTimersByTimeAsync(1);
    const job = await bench.ended(jobId);
    expect(job.values).toMatchObject({
      status: 'FAILED',
      statusReason: 'Job attempt duration exceeded timeout',
      timeout: { attemptDurationSeconds: 60 },
    });
    expect(job.records('attempts')).toHaveLength(1);
  });

  test('may be longer than a timer of node can be', async () => {
    const job = await bench.run('ok', { timeout: { attemptDurationSeconds: 2 ** 31 } });
    expect(job.text('status')).toBe('SUCCEEDED');
  });

  test('refuses less than 60 seconds', async () => {
    await expect(bench.submit('ok', { timeout: { attemptDurationSeconds: 59 } })).rejects.toThrow(
      "'timeout.attemptDurationSeconds' must be a whole number at least 60, got 59",
    );
  });
});

test.each(['CancelJob', 'TerminateJob'])('%s refuses an unknown job and a long reason', async (operation) => {
  await expect(bench.call(operation, { jobId: 'unknown', reason: 'x' })).rejects.toThrow(
    "job 'unknown' does not exist",
  );
  await expect(bench.call(operation, { jobId: 'unknown', reason: 'x'.repeat(1025) })).rejects.toThrow(
    "'reason' has at most 1024 characters, got 1025",
  );
  await expect(bench.call(operation, { jobId: 'unknown' })).rejects.toThrow("'reason' must be a string, got nothing");
});

test('nothing runs after the endpoint has stopped', async () => {
  const jobId = await ready('wait');
  const [pid] = bench.output(await bench.describe(jobId));
  await bench.world.close();
  expect(isAlive(Number(pid))).toBe(false);
  expect(bench.world.notes).toEqual([]);
  expect(bench.statuses(jobId)).toEqual(['RUNNABLE', 'STARTING', 'RUNNING']);
});
