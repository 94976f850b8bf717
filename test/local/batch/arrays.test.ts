import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const NONE = { SUBMITTED: 0, PENDING: 0, RUNNABLE: 0, STARTING: 0, RUNNING: 0, SUCCEEDED: 0, FAILED: 0 };

describe('an array job', () => {
  test('has a parent that is never RUNNABLE or RUNNING', async () => {
    await bench.define('each', '');
    const jobId = await bench.submit('each', { arrayProperties: { size: 2 } });
    await bench.ended(jobId);
    expect(bench.statuses(jobId)).toEqual(['PENDING', 'SUCCEEDED']);
    expect(bench.statuses(`${jobId}:1`)).toEqual(['RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
  });

  test('counts its children while they run', async () => {
    await bench.define('wait', 'setInterval(() => {}, 1000)');
    const jobId = await bench.submit('wait', { arrayProperties: { size: 10 } });
    await bench.reaches(`${jobId}:3`, 'RUNNING');
    const summary = (await bench.describe(jobId)).record('arrayProperties').record('statusSummary').values;
    expect(summary).toEqual({ ...NONE, RUNNABLE: 6, RUNNING: 4 });
  });

  test('of ten thousand children leaves the endpoint responsive', async () => {
    await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'ce', computeResources: { maxvCpus: 0 } });
    await bench.define('many', '');
    const jobId = await bench.submit('many', { arrayProperties: { size: 10_000 } });
    await bench.reaches(`${jobId}:0`, 'RUNNABLE');
    const early = await bench.describe(jobId);
    expect(early.record('arrayProperties').record('statusSummary').number('SUBMITTED')).toBeGreaterThan(0);

    await bench.reaches(`${jobId}:9999`, 'RUNNABLE');
    await bench.call('TerminateJob', { jobId, reason: 'enough' });
    const parent = await bench.ended(jobId);
    expect(parent.values).toMatchObject({ status: 'FAILED', statusReason: 'enough' });
    expect(parent.record('arrayProperties').record('statusSummary').number('FAILED')).toBe(10_000);
  });
});
