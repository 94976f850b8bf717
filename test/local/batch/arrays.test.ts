import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const NONE = { SUBMITTED: 0, PENDING: 0, RUNNABLE: 0, STARTING: 0, RUNNING: 0, SUCCEEDED: 0, FAILED: 0 };

describe('an array job', () => {
  test('runs each child with its index', async () => {
    await bench.define(
      'each',
      'console.log(process.env.AWS_BATCH_JOB_ARRAY_INDEX + "/" + process.env.AWS_BATCH_JOB_ARRAY_SIZE)',
    );
    const jobId = await bench.submit('each', { arrayProperties: { size: 3 } });
    const parent = await bench.ended(jobId);

    expect(parent.text('status')).toBe('SUCCEEDED');
    expect(parent.record('arrayProperties').values).toMatchObject({
      size: 3,
      statusSummary: { ...NONE, SUCCEEDED: 3 },
    });
    for (const index of [0, 1, 2]) {
      const child = await bench.describe(`${jobId}:${index}`);
      expect(child.record('arrayProperties').values).toEqual({ index });
      expect(child.text('jobArn')).toBe(`${parent.text('jobArn')}:${index}`);
      expect(bench.output(child)).toEqual([`${index}/3`]);
    }
  });

  test('has a parent that is never RUNNABLE or RUNNING', async () => {
    await bench.define('each', '');
    const jobId = await bench.submit('each', { arrayProperties: { size: 2 } });
    await bench.ended(jobId);
    expect(bench.statuses(jobId)).toEqual(['PENDING', 'SUCCEEDED']);
    expect(bench.statuses(`${jobId}:1`)).toEqual(['RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
  });

  test('fails when one child fails, after all have ended', async () => {
    await bench.define('odd', 'process.exit(Number(process.env.AWS_BATCH_JOB_ARRAY_INDEX) === 0 ? 1 : 0)');
    const parent = await bench.run('odd', { arrayProperties: { size: 4 } });
    expect(parent.values).toMatchObject({ status: 'FAILED', statusReason: 'Array Child Job failed' });
    expect(parent.record('arrayProperties').record('statusSummary').values).toEqual({
      ...NONE,
      SUCCEEDED: 3,
      FAILED: 1,
    });
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

  test.each([1, 10_001, 2.5])('refuses %d children', async (size) => {
    await bench.define('each', '');
    await expect(bench.submit('each', { arrayProperties: { size } })).rejects.toThrow(
      `'arrayProperties.size' must be a whole number between 2 and 10000, got ${size}`,
    );
  });
});

test('children are listed by status and page', async () => {
  await bench.define('each', '');
  const arrayJobId = await bench.submit('each', { arrayProperties: { size: 3 } });
  await bench.ended(arrayJobId);
  const list = async (input: object) =>
    new Reader(await bench.call('ListJobs', { arrayJobId, jobStatus: 'SUCCEEDED', ...input }));

  const first = await list({ maxResults: 2 });
  expect(first.records('jobSummaryList').map((job) => job.text('jobId'))).toEqual([
    `${arrayJobId}:0`,
    `${arrayJobId}:1`,
  ]);
  const second = await list({ maxResults: 2, nextToken: first.text('nextToken') });
  expect(second.records('jobSummaryList').map((job) => job.text('jobId'))).toEqual([`${arrayJobId}:2`]);
  expect(second.has('nextToken')).toBe(false);
});
