import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
  await bench.define('ok', '');
  await bench.define('fail', 'process.exit(1)');
  await bench.define('wait', 'setInterval(() => {}, 1000)');
});
afterEach(() => bench.world.close());

/** What happened, as `id status`, in order. */
const story = (...statuses: readonly string[]): readonly string[] =>
  bench.events
    .map(({ detail }) => ({ id: detail.text('jobId'), status: detail.text('status') }))
    .filter(({ status }) => statuses.includes(status))
    .map(({ id, status }) => `${id} ${status}`);

describe('a job that depends on another', () => {
  test('runs after it has succeeded', async () => {
    const first = await bench.submit('ok');
    const second = await bench.submit('ok', { dependsOn: [{ jobId: first }] });
    const job = await bench.ended(second);
    expect(job.text('status')).toBe('SUCCEEDED');
    expect(job.records('dependsOn').map(({ values }) => values)).toMatchObject([{ jobId: first }]);
    expect(bench.statuses(second)).toEqual(['PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
    expect(story('RUNNING', 'SUCCEEDED')).toEqual([
      `${first} RUNNING`,
      `${first} SUCCEEDED`,
      `${second} RUNNING`,
      `${second} SUCCEEDED`,
    ]);
  });

  test('fails without running when it fails, and so does the next', async () => {
    const first = await bench.submit('fail');
    const second = await bench.submit('ok', { dependsOn: [{ jobId: first }] });
    const third = await bench.submit('ok', { dependsOn: [{ jobId: second }] });
    expect((await bench.ended(third)).values).toMatchObject({ status: 'FAILED', statusReason: 'Dependent Job failed' });
    expect(bench.statuses(second)).toEqual(['PENDING', 'FAILED']);
  });

  test('runs at once when it had succeeded before', async () => {
    const first = await bench.submit('ok');
    await bench.ended(first);
    expect((await bench.run('ok', { dependsOn: [{ jobId: first }] })).text('status')).toBe('SUCCEEDED');
  });

  test.each([undefined, 3])('fails when it had failed before (array of %s)', async (size) => {
    const first = await bench.submit('fail');
    await bench.ended(first);
    const arrayProperties = size === undefined ? undefined : { size };
    const job = await bench.run('ok', { dependsOn: [{ jobId: first }], arrayProperties });
    expect(job.values).toMatchObject({ status: 'FAILED', statusReason: 'Dependent Job failed' });
  });

  test('waits for a whole array, as an array too', async () => {
    const first = await bench.submit('ok', { arrayProperties: { size: 2 } });
    const second = await bench.submit('ok', { arrayProperties: { size: 2 }, dependsOn: [{ jobId: first }] });
    expect((await bench.ended(second)).text('status')).toBe('SUCCEEDED');
    const order = story('RUNNABLE', 'SUCCEEDED').filter((line) => !line.includes(':'));
    expect(order).toEqual([`${first} SUCCEEDED`, `${second} SUCCEEDED`]);
    expect(bench.statuses(`${second}:0`)).toEqual(['PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED']);
  });

  test('may wait for one child of an array', async () => {
    const first = await bench.submit('ok', { arrayProperties: { size: 2 } });
    expect((await bench.run('ok', { dependsOn: [{ jobId: `${first}:1` }] })).text('status')).toBe('SUCCEEDED');
  });
});

describe('children', () => {
  test('after a failed one fail in a chain of thousands', async () => {
    const jobId = await bench.submit('fail', {
      arrayProperties: { size: 10_000 },
      dependsOn: [{ type: 'SEQUENTIAL' }],
    });
    const parent = await bench.ended(jobId);
    expect(parent.text('statusReason')).toBe('Array Child Job failed');
    expect((await bench.describe(`${jobId}:9999`)).text('statusReason')).toBe('Dependent Job failed');
    expect(story('STARTING')).toEqual([`${jobId}:0 STARTING`]);
  });

  test('know what happened to the array before they were submitted', async () => {
    await bench.define('odd', 'process.exit(Number(process.env.AWS_BATCH_JOB_ARRAY_INDEX) % 2)');
    const first = await bench.submit('odd', { arrayProperties: { size: 2 } });
    await bench.ended(first);
    const second = await bench.submit('ok', {
      arrayProperties: { size: 2 },
      dependsOn: [{ jobId: first, type: 'N_TO_N' }],
    });
    await bench.ended(second);
    const ends = await Promise.all([0, 1].map((index) => bench.describe(`${second}:${index}`)));
    expect(ends.map((child) => child.text('status'))).toEqual(['SUCCEEDED', 'FAILED']);
  });
});

describe('dependsOn', () => {
  test.each([
    [{ dependsOn: [{ jobId: 'unknown' }] }, "'dependsOn' names the job 'unknown', which does not exist"],
    [{ dependsOn: [{}] }, "'dependsOn.jobId' must be given"],
    [{ dependsOn: [{ type: 'SEQUENTIAL' }] }, 'a SEQUENTIAL dependency is for array jobs'],
    [{ dependsOn: [{ jobId: 'x', type: 'ALL' }] }, "'dependsOn.type' must be one of N_TO_N | SEQUENTIAL, got 'ALL'"],
  ])('refuses %j', async (input, message) => {
    await expect(bench.submit('ok', input)).rejects.toThrow(message);
  });

  test.each([
    [undefined, 'this job has no array'],
    [{ size: 3 }, 'this job has 3'],
  ])('refuses N_TO_N between sizes (%j and 2)', async (arrayProperties, message) => {
    const jobId = await bench.submit('ok', { arrayProperties: { size: 2 } });
    await expect(bench.submit('ok', { arrayProperties, dependsOn: [{ jobId, type: 'N_TO_N' }] })).rejects.toThrow(
      message,
    );
  });
});
