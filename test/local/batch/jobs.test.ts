import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
  await bench.define('ok', '');
});
afterEach(() => bench.world.close());

const list = async (input: Input): Promise<Reader> =>
  new Reader(await bench.call('ListJobs', { jobQueue: 'queue', ...input }));

describe('DescribeJobs', () => {
  test.each([0, 101])('refuses %d ids', async (count) => {
    await expect(bench.call('DescribeJobs', { jobs: Array(count).fill('x') })).rejects.toThrow(
      `'jobs' must have 1 to 100 job ids, got ${count}`,
    );
  });
});

describe('ListJobs', () => {
  test('shows a parent, not its children', async () => {
    await bench.run('ok', { arrayProperties: { size: 2 } });
    const [job, ...others] = (await list({ jobStatus: 'SUCCEEDED' })).records('jobSummaryList');
    expect(others).toEqual([]);
    expect(job.record('arrayProperties').number('size')).toBe(2);
  });

  test.each<[Input, string]>([
    [{ arrayJobId: 'x' }, 'give one of jobQueue, arrayJobId, multiNodeJobId'],
    [{ jobQueue: undefined }, 'give one of jobQueue, arrayJobId, multiNodeJobId'],
    [{ jobQueue: undefined, arrayJobId: 'x' }, "'arrayJobId' must be the id of an array job, got 'x'"],
    [{ jobQueue: 'none' }, "job queue 'none' does not exist"],
    [{ jobStatus: 'DONE' }, "'jobStatus' must be one of SUBMITTED"],
    [{ maxResults: 0 }, "'maxResults' must be a whole number between 1 and 1000, got 0"],
    [
      { maxResults: 101, filters: [{ name: 'JOB_NAME', values: ['x'] }] },
      "'maxResults' must be a whole number between 1 and 100",
    ],
    [{ filters: [{ name: 'A' }, { name: 'B' }] }, "'filters' takes one filter, got 2"],
    [{ filters: [{ name: 'COLOUR', values: ['x'] }] }, "'filters.name' must be one of JOB_NAME"],
    [{ filters: [{ name: 'JOB_NAME' }] }, "the filter JOB_NAME must have 'values'"],
    [{ filters: [{ name: 'BEFORE_CREATED_AT', values: ['today'] }] }, "takes milliseconds since 1970, got 'today'"],
    [{ multiNodeJobId: 'x' }, 'give one of jobQueue, arrayJobId, multiNodeJobId'],
  ])('refuses %j', async (input, message) => {
    await expect(list(input)).rejects.toThrow(message);
  });
});

test('tags are added, removed and listed on whatever has an ARN', async () => {
  const job = await bench.run('ok', { tags: { team: 'x' } });
  const arns = [
    job.text('jobArn'),
    job.text('jobQueue'),
    job.text('jobDefinition'),
    'arn:aws:batch:us-east-1:000000000000:compute-environment/ce',
  ];
  for (const resourceArn of arns) {
    await bench.call('TagResource', { resourceArn, tags: { team: 'y', cost: '1' } });
    await bench.call('UntagResource', { resourceArn, tagKeys: ['team'] });
    expect(await bench.call('ListTagsForResource', { resourceArn })).toEqual({ tags: { cost: '1' } });
  }
  await expect(bench.call('ListTagsForResource', { resourceArn: `${arns[0]}x` })).rejects.toThrow('does not exist');
});
