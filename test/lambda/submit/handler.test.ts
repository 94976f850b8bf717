import { describe, expect, test } from 'vitest';
import type { ItemSource } from '../../../lib/contracts/items';
import type { SubmissionRequest } from '../../../lib/contracts/submission';
import { s3Objects } from '../../../lambda/shared/objects';
import { submitWith } from '../../../lambda/submit/handler';
import { useAws } from '../aws';
import { allOf, CALL, refusalOf, unheard } from '../support';
import { recordingJobs, TARGETS, unlimited } from './support';

const aws = useAws();

const gateway = async () => {
  const bucket = await aws().newBucket();
  const jobs = recordingJobs();
  const objects = s3Objects(aws().s3);
  let ids = 0;
  const submit = submitWith({
    objects,
    jobs,
    quotas: unlimited,
    targets: TARGETS,
    bucket,
    sources: allOf(bucket),
    newId: () => `id${++ids}`,
  });
  return {
    bucket,
    jobs,
    objects,
    submit: (request: SubmissionRequest) => submit(request, unheard, CALL),
    written: async () => {
      const keys: string[] = [];
      for await (const key of objects.keys(bucket, 'submissions/')) keys.push(key);
      return keys;
    },
  };
};

const numbers = (length: number): ItemSource => ({ list: Array.from({ length }, (_, index) => index) });

const variables = (environment: readonly { name?: string; value?: string }[] | undefined) =>
  Object.fromEntries((environment ?? []).map((variable) => [variable.name ?? '', variable.value]));

describe('a submission', () => {
  test('without items is one plain job, told where to write', async () => {
    const { bucket, jobs, submit, written } = await gateway();
    const results = { bucket, prefix: 'submissions/id1/results/' };
    expect(await submit({ job: 'delays', environment: { MODE: 'fast' }, parameters: { year: '2001' } })).toEqual({
      submissionId: 'id1',
      count: 1,
      jobId: 'job-0',
      jobName: 'delays-id1',
      duplicate: false,
      results,
    });
    expect(jobs.submitted).toMatchObject([
      {
        jobName: 'delays-id1',
        jobQueue: TARGETS.queues.standard.arn,
        jobDefinition: 'delays-definition',
        parameters: { year: '2001' },
      },
    ]);
    expect(jobs.submitted[0]).not.toHaveProperty('arrayProperties');
    expect(variables(jobs.submitted.at(0)?.containerOverrides?.environment)).toEqual({
      MODE: 'fast',
      BATCH_PLATFORM_SUBMISSION_ID: 'id1',
      BATCH_PLATFORM_RESULTS_BUCKET: bucket,
      BATCH_PLATFORM_RESULTS_PREFIX: results.prefix,
    });
    expect(await written()).toEqual([]);
  });

  test('of no items is no job at all', async () => {
    const { bucket, jobs, submit, written } = await gateway();
    expect(await submit({ job: 'delays', items: numbers(0) })).toEqual({
      submissionId: 'id1',
      count: 0,
      duplicate: false,
      results: { bucket, prefix: 'submissions/id1/results/' },
    });
    expect(jobs.submitted).toEqual([]);
    expect(await written()).toEqual([]);
  });

  test.each([
    [1, undefined],
    [2, { size: 2 }],
    [9_999, { size: 9_999 }],
    [10_000, { size: 10_000 }],
  ])('of %d items has the array %j', async (count, arrayProperties) => {
    const { bucket, jobs, submit } = await gateway();
    expect(await submit({ job: 'delays', items: numbers(count) })).toMatchObject({ count, jobId: 'job-0' });
    const job = jobs.submitted.at(0);
    expect(job?.arrayProperties).toEqual(arrayProperties);
    const told = variables(job?.containerOverrides?.environment);
    const bytes = Number(told.BATCH_PLATFORM_ITEM_BYTES);
    const last = `bytes=${(count - 1) * bytes}-${count * bytes - 1}`;
    expect(told.BATCH_PLATFORM_ITEM_COUNT).toBe(String(count));
    expect(JSON.parse(await aws().get(bucket, 'submissions/id1/items.jsonl', last))).toBe(count - 1);
  });

  test('of more items than an array job has children is refused, and nothing done', async () => {
    const { jobs, submit, written } = await gateway();
    expect(await refusalOf(() => submit({ job: 'delays', items: numbers(10_001) }))).toMatch(/^TooManyItems: the list/);
    expect(jobs.submitted).toEqual([]);
    expect(await written()).toEqual([]);
  });

  test('takes a manifest', async () => {
    const { bucket, submit } = await gateway();
    await aws().put(bucket, 'list', '"a"\n"b"\n"c"\n');
    expect(await submit({ job: 'delays', items: { manifest: { bucket, key: 'list' } } })).toMatchObject({ count: 3 });
  });

  test("goes to the queue that was asked for, or to the job's own", async () => {
    const { jobs, submit } = await gateway();
    await submit({ job: 'merge' });
    await submit({ job: 'merge', queue: 'urgent' });
    const { 'Stack/Own': own, urgent } = TARGETS.queues;
    expect(jobs.submitted.map(({ jobQueue }) => jobQueue)).toEqual([own.arn, urgent.arn]);
  });

  test('goes to no queue that only its own jobs wait in', async () => {
    const { jobs, submit } = await gateway();
    expect(await refusalOf(() => submit({ job: 'delays', queue: 'Stack/Own' }))).toMatch(
      /^UnknownQueue: there is no job queue 'Stack\/Own' to submit to; known queues: standard, urgent;/,
    );
    expect(jobs.submitted).toEqual([]);
  });

  test('that is too large for AWS Batch is refused before anything is written', async () => {
    const { jobs, submit, written } = await gateway();
    const environment = { DATA: 'hush'.repeat(2_100) };
    const refusal = await refusalOf(() => submit({ job: 'delays', items: numbers(2), environment }));
    expect(refusal).toMatch(/^RequestTooLarge: .* AWS Batch takes 8192: write the data to S3/);
    expect(refusal).not.toContain('hush');
    expect(jobs.submitted).toEqual([]);
    expect(await written()).toEqual([]);
  });
});

describe('a submission with an idempotency key', () => {
  const request = { job: 'delays', items: numbers(3), idempotencyKey: 'monday' };

  test('runs once, and returns the same job again', async () => {
    const { jobs, submit } = await gateway();
    const first = await submit(request);
    expect(first.duplicate).toBe(false);
    expect(await submit(request)).toEqual({ ...first, duplicate: true });
    expect(jobs.submitted).toHaveLength(1);
  });

  test('runs once, even if the queue is another one the second time', async () => {
    const { jobs, submit } = await gateway();
    await submit({ ...request, queue: 'urgent' });
    expect(await submit(request)).toMatchObject({ jobId: 'job-0', duplicate: true });
    expect(jobs.submitted).toHaveLength(1);
  });

  test.each([
    ['another key', { idempotencyKey: 'tuesday' }],
    ['another job', { job: 'merge' }],
    ['no key', { idempotencyKey: undefined }],
  ])('runs again with %s', async (_, other) => {
    const { jobs, submit } = await gateway();
    const first = await submit(request);
    const second = await submit({ ...request, ...other });
    expect(second).toMatchObject({ jobId: 'job-1', duplicate: false });
    expect(second.submissionId).not.toBe(first.submissionId);
    expect(jobs.submitted).toHaveLength(2);
  });

  test('leaves the items of the first request as they are', async () => {
    const { bucket, submit } = await gateway();
    const { submissionId } = await submit(request);
    await submit({ ...request, items: { list: ['other'] } });
    expect(await aws().get(bucket, `submissions/${submissionId}/items.jsonl`)).toBe('0\n1\n2\n');
  });
});
