import {
  CreateSchedulingPolicyCommand,
  DeleteSchedulingPolicyCommand,
  DescribeJobsCommand,
  type JobStatus,
  ListJobsCommand,
  type ListJobsCommandInput,
  paginateListJobs,
} from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { definitionOf, ended, environmentOf, jobOf, placeOf, queueOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const LIST = 'batch/latest/APIReference/API_ListJobs.html';
const DESCRIBE = 'batch/latest/APIReference/API_DescribeJobs.html';
const REFUSED = { name: 'ClientException' };

const namesIn = async ({ clients: { batch } }: Target, input: ListJobsCommandInput) => {
  const { jobSummaryList = [] } = await batch.send(new ListJobsCommand(input));
  return jobSummaryList.map(({ jobName }) => jobName);
};

/** Runs jobs with these names, one after the other. */
const runAll = async (target: Target, jobQueue: string, definition: string, names: readonly string[]) => {
  const jobs = [];
  for (const jobName of names) {
    jobs.push(await ended(target, await submitTo(target, jobQueue, definition, { jobName })));
  }
  return jobs;
};

const filter = (name: string, ...values: string[]) => [{ name, values }];

export const listing = table('AWS Batch', 'Describing and listing jobs', [
  {
    behaviour: 'DescribeJobs takes up to 100 ids, and leaves out what it does not know',
    source: DESCRIBE,
    test: async (target) => {
      const { batch } = target.clients;
      const queue = await placeOf(target);
      const id = await submitTo(target, queue, await definitionOf(target, 'true'), { arrayProperties: { size: 2 } });
      const jobs = [...Array.from({ length: 97 }, (_, index) => `none-${index}`), id, `${id}:1`, `${id}:2`];
      const described = await batch.send(new DescribeJobsCommand({ jobs }));
      expect(described.jobs?.map(({ jobId }) => jobId)).toEqual([id, `${id}:1`]);
      await expect(batch.send(new DescribeJobsCommand({ jobs: [...jobs, id] }))).rejects.toMatchObject(REFUSED);
      await ended(target, id);
    },
  },
  {
    behaviour: 'ListJobs shows the jobs of a queue in one status, RUNNING unless asked for another',
    source: LIST,
    test: async (target) => {
      const jobQueue = await placeOf(target, { maxvCpus: 1 });
      await runAll(target, jobQueue, await definitionOf(target, 'true'), ['good']);
      await runAll(target, jobQueue, await definitionOf(target, 'false'), ['bad']);
      const holder = await submitTo(target, jobQueue, await definitionOf(target, 'sleep 0.4'), { jobName: 'busy' });
      await reaches(target, holder, 'RUNNING');
      const last = await submitTo(target, jobQueue, await definitionOf(target, 'true'), { jobName: 'next' });
      await reaches(target, last, 'RUNNABLE');
      const wanted: readonly (readonly [JobStatus | undefined, string])[] = [
        [undefined, 'busy'],
        ['SUCCEEDED', 'good'],
        ['FAILED', 'bad'],
        ['RUNNABLE', 'next'],
      ];
      for (const [jobStatus, name] of wanted) expect(await namesIn(target, { jobQueue, jobStatus })).toEqual([name]);
      await ended(target, last);
    },
  },
  {
    behaviour: 'ListJobs takes a queue, an array or a multi-node job, and only one of them',
    source: LIST,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const definition = await definitionOf(target, 'true');
      const arrayJobId = await submitTo(target, jobQueue, definition, { arrayProperties: { size: 2 } });
      await ended(target, arrayJobId);
      const wrong: ListJobsCommandInput[] = [{}, { jobQueue, arrayJobId }, { jobQueue, multiNodeJobId: arrayJobId }];
      for (const input of wrong) await expect(namesIn(target, input)).rejects.toMatchObject(REFUSED);
      for (const input of [{ jobQueue }, { arrayJobId }]) expect(await namesIn(target, input)).toEqual([]);
    },
  },
  {
    behaviour:
      'the filter JOB_NAME ignores case, and a star at its end stands for any rest; the newest job comes first',
    source: LIST,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      await runAll(target, jobQueue, await definitionOf(target, 'true'), ['test1', 'Test1', 'test10', 'other']);
      const list = (value: string) => namesIn(target, { jobQueue, filters: filter('JOB_NAME', value) });
      // The examples of the page.
      expect(await list('test1')).toEqual(['Test1', 'test1']);
      expect(await list('test1*')).toEqual(['test10', 'Test1', 'test1']);
      expect(await list('none*')).toEqual([]);
    },
  },
  {
    behaviour: 'the filter JOB_DEFINITION takes a name, with a star at its end or not, or the ARN of a revision',
    source: LIST,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const arns = [await definitionOf(target, 'true'), await definitionOf(target, 'false')];
      for (const [index, arn] of arns.entries()) await runAll(target, jobQueue, arn, [`job-${index}`]);
      const [name = ''] = (arns[0].split('/').at(-1) ?? '').split(':');
      const list = (value: string) => namesIn(target, { jobQueue, filters: filter('JOB_DEFINITION', value) });
      expect(await list(name)).toEqual(['job-0']);
      expect(await list('job-*')).toEqual(['job-1', 'job-0']);
      expect(await list(arns[1])).toEqual(['job-1']);
    },
  },
  {
    behaviour: 'the filters BEFORE_CREATED_AT and AFTER_CREATED_AT take milliseconds',
    source: LIST,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const [one, two] = await runAll(target, jobQueue, await definitionOf(target, 'true'), ['one', 'two']);
      const between = String(Math.ceil(((one.createdAt ?? 0) + (two.createdAt ?? 0)) / 2));
      const list = (name: string) => namesIn(target, { jobQueue, filters: filter(name, between) });
      expect(await list('BEFORE_CREATED_AT')).toEqual(['one']);
      expect((await list('AFTER_CREATED_AT')).at(0)).toBe('two');
      await expect(namesIn(target, { jobQueue, filters: filter('BEFORE_CREATED_AT', 'now') })).rejects.toMatchObject(
        REFUSED,
      );
    },
  },
  {
    behaviour: 'with a filter the status is ignored, but not with SHARE_IDENTIFIER; there is one filter at a time',
    source: LIST,
    test: async (target) => {
      const { batch } = target.clients;
      const policy = new CreateSchedulingPolicyCommand({ name: target.name('policy'), fairsharePolicy: {} });
      const { arn = '' } = await batch.send(policy);
      target.cleanup(() => batch.send(new DeleteSchedulingPolicyCommand({ arn })));
      const jobQueue = await queueOf(target, [await environmentOf(target)], { schedulingPolicyArn: arn });
      const definition = await definitionOf(target, 'true', { schedulingPriority: 1 });
      for (const shareIdentifier of ['blue', 'red']) {
        const jobName = `job-${shareIdentifier}`;
        await ended(target, await submitTo(target, jobQueue, definition, { jobName, shareIdentifier }));
      }
      const list = (filters: { name: string; values: string[] }[], jobStatus: JobStatus) =>
        namesIn(target, { jobQueue, filters, jobStatus });
      expect(await list(filter('JOB_NAME', 'job-b*'), 'FAILED')).toEqual(['job-blue']);
      const blue = filter('SHARE_IDENTIFIER', 'blue');
      expect([await list(blue, 'FAILED'), await list(blue, 'SUCCEEDED')]).toEqual([[], ['job-blue']]);
      await expect(list([...blue, ...blue], 'FAILED')).rejects.toMatchObject(REFUSED);
    },
  },
  {
    behaviour: 'ListJobs answers page by page, also the children of an array',
    source: LIST,
    test: async (target) => {
      const client = target.clients.batch;
      const jobQueue = await placeOf(target);
      const definition = await definitionOf(target, 'true');
      await runAll(target, jobQueue, definition, ['one', 'two', 'three']);
      const arrayJobId = await submitTo(target, jobQueue, definition, { arrayProperties: { size: 3 } });
      await ended(target, arrayJobId);
      const pagesOf = async (input: ListJobsCommandInput) => {
        const pages = [];
        for await (const page of paginateListJobs({ client, pageSize: 2 }, input))
          pages.push(page.jobSummaryList ?? []);
        return pages;
      };
      const ofQueue = await pagesOf({ jobQueue, jobStatus: 'SUCCEEDED' });
      expect(ofQueue.map((page) => page.length)).toEqual([2, 2]);
      expect(new Set(ofQueue.flat().map(({ jobId }) => jobId)).size).toBe(4);
      const ofArray = await pagesOf({ arrayJobId, jobStatus: 'SUCCEEDED' });
      expect(ofArray.flat().map(({ jobId }) => jobId)).toEqual([0, 1, 2].map((index) => `${arrayJobId}:${index}`));
    },
  },
  {
    behaviour: 'each attempt is described with its times, its exit code and its log stream',
    source: DESCRIBE,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const definition = await definitionOf(target, 'exit $AWS_BATCH_JOB_ATTEMPT', { retryStrategy: { attempts: 2 } });
      const { attempts = [], createdAt = 0 } = await ended(target, await submitTo(target, jobQueue, definition));
      expect(attempts.map(({ container }) => container?.exitCode)).toEqual([1, 2]);
      const times = attempts.flatMap(({ startedAt = 0, stoppedAt = 0 }) => [startedAt, stoppedAt]);
      expect([createdAt, ...times]).toEqual([createdAt, ...times].sort((a, b) => a - b));
      const name = (await jobOf(target, await submitTo(target, jobQueue, definition))).jobDefinition?.split('/').at(1);
      const streams = attempts.map(({ container }) => container?.logStreamName);
      expect(new Set(streams).size).toBe(2);
      for (const stream of streams)
        expect(stream).toMatch(new RegExp(`^${name?.split(':')[0] ?? ''}/default/[0-9a-f]{32}$`));
    },
  },
]);
