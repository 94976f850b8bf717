import { CancelJobCommand, CancelJobsCommand, TerminateJobCommand, TerminateJobsCommand } from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { definitionOf, ended, jobOf, placeOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const CANCEL = 'batch/latest/APIReference/API_CancelJob.html';
const TERMINATE = 'batch/latest/APIReference/API_TerminateJob.html';
const BULK = 'batch/latest/APIReference/API_TerminateJobs.html';

const cancel = ({ clients: { batch } }: Target, jobId: string) =>
  batch.send(new CancelJobCommand({ jobId, reason: 'not needed' }));
const terminate = ({ clients: { batch } }: Target, jobId: string) =>
  batch.send(new TerminateJobCommand({ jobId, reason: 'enough' }));

/** A job that holds the one vCPU of its queue, and one that waits for it. */
const crowd = async (target: Target, more: object = {}) => {
  const queue = await placeOf(target, { maxvCpus: 1 });
  const definition = await definitionOf(target, 'sleep 600', { retryStrategy: { attempts: 3 } });
  const running = await submitTo(target, queue, definition);
  await reaches(target, running, 'RUNNING');
  const waiting = await submitTo(target, queue, definition, more);
  await reaches(target, waiting, 'RUNNABLE', 'PENDING');
  return { queue, definition, running, waiting };
};

export const stopping = table('AWS Batch', 'Stopping jobs', [
  {
    behaviour: 'CancelJob ends a job that waits, with its reason, and leaves one alone that has started',
    source: CANCEL,
    test: async (target) => {
      const { running, waiting } = await crowd(target);
      await cancel(target, waiting);
      await cancel(target, running);
      const job = await ended(target, waiting);
      expect(job).toMatchObject({ status: 'FAILED', statusReason: 'not needed', isCancelled: true });
      expect(job.startedAt).toBeUndefined();
      expect(await jobOf(target, running)).toMatchObject({ status: 'RUNNING', isCancelled: false });
      await terminate(target, running);
    },
  },
  {
    behaviour: 'a PENDING job is cancelled when the jobs that it depends on are complete',
    source: CANCEL,
    test: async (target) => {
      const { queue, definition, running } = await crowd(target);
      const pending = await submitTo(target, queue, definition, { dependsOn: [{ jobId: running }] });
      await reaches(target, pending, 'PENDING');
      await cancel(target, pending);
      expect((await jobOf(target, pending)).status).toBe('PENDING');
      await terminate(target, running);
      expect(await ended(target, pending)).toMatchObject({ statusReason: 'not needed', isCancelled: true });
    },
  },
  {
    behaviour: 'TerminateJob stops a job that runs, which is not tried again, and cancels one that waits',
    source: TERMINATE,
    test: async (target) => {
      const { running, waiting } = await crowd(target);
      await terminate(target, waiting);
      await terminate(target, running);
      const job = await ended(target, running);
      expect(job).toMatchObject({ status: 'FAILED', statusReason: 'enough', isTerminated: true });
      expect([job.attempts?.length, job.container?.exitCode]).toEqual([1, expect.any(Number)]);
      expect(await ended(target, waiting)).toMatchObject({ status: 'FAILED', statusReason: 'enough' });
    },
  },
  {
    behaviour: 'a job that has ended stays as it is',
    source: TERMINATE,
    test: async (target) => {
      const jobId = await submitTo(target, await placeOf(target), await definitionOf(target, 'true'));
      const before = await ended(target, jobId);
      await terminate(target, jobId);
      await cancel(target, jobId);
      expect(await jobOf(target, jobId)).toEqual(before);
    },
  },
  {
    behaviour: 'an array is terminated with all of its children',
    source: TERMINATE,
    test: async (target) => {
      const { waiting, running } = await crowd(target, { arrayProperties: { size: 3 } });
      await terminate(target, waiting);
      expect(await ended(target, waiting)).toMatchObject({
        status: 'FAILED',
        statusReason: 'enough',
        arrayProperties: { statusSummary: { FAILED: 3 } },
      });
      await terminate(target, running);
    },
  },
  {
    behaviour: 'a cancelled array fails when the children that had started are complete',
    source: CANCEL,
    test: async (target) => {
      const queue = await placeOf(target, { maxvCpus: 1 });
      const definition = await definitionOf(target, 'sleep 0.3');
      const jobId = await submitTo(target, queue, definition, { arrayProperties: { size: 2 } });
      await reaches(target, `${jobId}:0`, 'RUNNING');
      await cancel(target, jobId);
      expect((await ended(target, jobId)).statusReason).toBe('not needed');
      const children = await Promise.all([0, 1].map((index) => jobOf(target, `${jobId}:${index}`)));
      expect(children.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED']);
    },
  },
  {
    behaviour: 'what depends on a job that was stopped fails',
    source: 'batch/latest/userguide/job_dependencies.html',
    test: async (target) => {
      const { queue, definition, waiting, running } = await crowd(target);
      const dependent = await submitTo(target, queue, definition, { dependsOn: [{ jobId: waiting }] });
      await reaches(target, dependent, 'PENDING');
      await cancel(target, waiting);
      expect(await ended(target, dependent)).toMatchObject({ status: 'FAILED', isCancelled: false });
      await terminate(target, running);
    },
  },
  {
    behaviour: 'a reason has at most 1,024 characters',
    source: CANCEL,
    test: async (target) => {
      const { batch } = target.clients;
      const jobId = await submitTo(target, await placeOf(target), await definitionOf(target, 'true'));
      for (const Command of [CancelJobCommand, TerminateJobCommand]) {
        const stop = (length: number) => batch.send(new Command({ jobId, reason: 'x'.repeat(length) }));
        await expect(stop(1025)).rejects.toMatchObject({ name: 'ClientException' });
        await stop(1024);
      }
      await ended(target, jobId);
    },
  },
  {
    behaviour: 'CancelJobs and TerminateJobs take up to 50 jobs; one that is not found counts as done',
    source: BULK,
    test: async (target) => {
      const { batch } = target.clients;
      const { running, waiting } = await crowd(target);
      const jobs = [waiting, 'no-job'];
      const cancelled = await batch.send(new CancelJobsCommand({ jobs, reason: 'not needed' }));
      expect([cancelled.successful, cancelled.errors]).toEqual([jobs, []]);
      await batch.send(new TerminateJobsCommand({ jobs: [running], reason: 'enough' }));
      expect(await ended(target, running)).toMatchObject({ statusReason: 'enough', isTerminated: true });
      expect(await ended(target, waiting)).toMatchObject({ statusReason: 'not needed', isCancelled: true });
      const many = Array.from({ length: 51 }, () => 'x');
      await expect(batch.send(new CancelJobsCommand({ jobs: many, reason: 'r' }))).rejects.toMatchObject({
        name: 'ClientException',
      });
    },
  },
]);
