import { ListJobsCommand, type SubmitJobCommandInput, TerminateJobCommand } from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { definitionOf, ended, jobOf, placeOf, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const ARRAYS = 'batch/latest/userguide/array_jobs.html';
const DEPENDENCIES = 'batch/latest/userguide/job_dependencies.html';

const size = (count: number): Partial<SubmitJobCommandInput> => ({ arrayProperties: { size: count } });

/** When children of an array started, by index. */
const startsOf = async (target: Target, jobId: string, count: number): Promise<readonly number[]> => {
  const children = await Promise.all(Array.from({ length: count }, (_, index) => jobOf(target, `${jobId}:${index}`)));
  return children.map(({ startedAt = 0 }) => startedAt);
};

export const arrays = table('AWS Batch', 'Array jobs and dependencies', [
  {
    behaviour: 'an array has 2 to 10,000 children',
    source: ARRAYS,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'true');
      for (const count of [0, 1, 10_001]) {
        await expect(submitTo(target, queue, definition, size(count))).rejects.toMatchObject({
          name: 'ClientException',
        });
      }
    },
  },
  {
    behaviour: 'each child knows its index and has the id of the parent, a colon and the index',
    source: ARRAYS,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'exit $AWS_BATCH_JOB_ARRAY_INDEX');
      const jobId = await submitTo(target, queue, definition, size(3));
      await ended(target, jobId);
      const codes = await Promise.all([0, 1, 2].map((index) => jobOf(target, `${jobId}:${index}`)));
      expect(codes.map(({ container, arrayProperties }) => [arrayProperties?.index, container?.exitCode])).toEqual([
        [0, 0],
        [1, 1],
        [2, 2],
      ]);
    },
  },
  {
    behaviour: 'a parent counts its children by status, and fails when one of them has failed and all have ended',
    source: ARRAYS,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'exit $AWS_BATCH_JOB_ARRAY_INDEX');
      const parent = await ended(target, await submitTo(target, queue, definition, size(2)));
      expect(parent.status).toBe('FAILED');
      expect(parent.arrayProperties?.statusSummary).toMatchObject({ SUCCEEDED: 1, FAILED: 1 });
    },
  },
  {
    behaviour: 'children are listed by the id of their parent, those that run unless asked for others',
    source: 'batch/latest/APIReference/API_ListJobs.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, '[ $AWS_BATCH_JOB_ARRAY_INDEX = 0 ] || sleep 600');
      const arrayJobId = await submitTo(target, queue, definition, size(3));
      const list = async (jobStatus?: 'SUCCEEDED') => {
        const { jobSummaryList = [] } = await target.clients.batch.send(new ListJobsCommand({ arrayJobId, jobStatus }));
        return jobSummaryList.length;
      };
      await target.eventually(async () => {
        expect([await list(), await list('SUCCEEDED')]).toEqual([2, 1]);
      });
      await target.clients.batch.send(new TerminateJobCommand({ jobId: arrayJobId, reason: 'seen' }));
      await ended(target, arrayJobId);
      expect(await list()).toBe(0);
    },
  },
  {
    behaviour: 'a job starts when all jobs that it depends on have succeeded',
    source: DEPENDENCIES,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'sleep 0.1');
      const first = await submitTo(target, queue, definition);
      const second = await submitTo(target, queue, definition, size(2));
      const third = await submitTo(target, queue, definition, { dependsOn: [{ jobId: first }, { jobId: second }] });
      const { startedAt = 0 } = await ended(target, third);
      const { stoppedAt: one = Infinity } = await jobOf(target, first);
      const { stoppedAt: two = Infinity } = await jobOf(target, second);
      expect(startedAt).toBeGreaterThanOrEqual(Math.max(one, two));
    },
  },
  {
    behaviour: 'a job fails when a job that it depends on has failed',
    source: DEPENDENCIES,
    test: async (target) => {
      const queue = await placeOf(target);
      const jobId = await submitTo(target, queue, await definitionOf(target, 'exit 1'));
      const dependent = await submitTo(target, queue, await definitionOf(target, 'true'), { dependsOn: [{ jobId }] });
      expect(await ended(target, dependent)).toMatchObject({ status: 'FAILED', statusReason: 'Dependent Job failed' });
    },
  },
  {
    behaviour: 'the children of a SEQUENTIAL array run one after the other',
    source: DEPENDENCIES,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'sleep 0.05');
      const jobId = await submitTo(target, queue, definition, { ...size(3), dependsOn: [{ type: 'SEQUENTIAL' }] });
      await ended(target, jobId);
      const starts = await startsOf(target, jobId, 3);
      expect([...starts].sort((a, b) => a - b)).toEqual(starts);
      const { stoppedAt = Infinity } = await jobOf(target, `${jobId}:0`);
      expect(starts[1]).toBeGreaterThanOrEqual(stoppedAt);
    },
  },
  {
    behaviour: 'each child of an N_TO_N dependency waits for the child of the same index, and sizes must be equal',
    source: DEPENDENCIES,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'exit $AWS_BATCH_JOB_ARRAY_INDEX');
      const jobId = await submitTo(target, queue, definition, size(2));
      const dependsOn = [{ type: 'N_TO_N' as const, jobId }];
      const fine = await definitionOf(target, 'true');
      const follower = await submitTo(target, queue, fine, { ...size(2), dependsOn });
      await ended(target, follower);
      const statuses = await Promise.all([0, 1].map((index) => jobOf(target, `${follower}:${index}`)));
      expect(statuses.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED']);
      await expect(submitTo(target, queue, fine, { ...size(3), dependsOn })).rejects.toMatchObject({
        name: 'ClientException',
      });
    },
  },
  {
    behaviour: 'a job depends on at most 20 jobs',
    source: 'batch/latest/userguide/service_limits.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'true');
      const jobs = await Promise.all(Array.from({ length: 21 }, () => submitTo(target, queue, definition)));
      const dependsOn = jobs.map((jobId) => ({ jobId }));
      await expect(submitTo(target, queue, definition, { dependsOn })).rejects.toMatchObject({
        name: 'ClientException',
      });
      const dependent = await submitTo(target, queue, definition, { dependsOn: dependsOn.slice(1) });
      expect((await ended(target, dependent)).status).toBe('SUCCEEDED');
    },
  },
]);
