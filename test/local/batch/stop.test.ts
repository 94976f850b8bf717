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

describe('TerminateJob', () => {
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
});

describe('a timeout', () => {
  test('may be longer than a timer of node can be', async () => {
    const job = await bench.run('ok', { timeout: { attemptDurationSeconds: 2 ** 31 } });
    expect(job.text('status')).toBe('SUCCEEDED');
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
