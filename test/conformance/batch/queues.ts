import {
  CreateSchedulingPolicyCommand,
  DeleteComputeEnvironmentCommand,
  DeleteSchedulingPolicyCommand,
  type FairsharePolicy,
  GetJobQueueSnapshotCommand,
  TerminateJobsCommand,
  UpdateComputeEnvironmentCommand,
} from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { definitionOf, ended, environmentOf, jobOf, placeOf, queueOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SCHEDULING = 'batch/latest/userguide/job_scheduling.html';
const FAIR_SHARE = 'batch/latest/APIReference/API_FairsharePolicy.html';

/** A queue with a fair-share policy on one vCPU, and what runs there and holds it. */
const fairQueue = async (target: Target, fairsharePolicy: FairsharePolicy, maxvCpus = 1) => {
  const { batch } = target.clients;
  const { arn = '' } = await batch.send(
    new CreateSchedulingPolicyCommand({ name: target.name('policy'), fairsharePolicy }),
  );
  target.cleanup(() => batch.send(new DeleteSchedulingPolicyCommand({ arn })));
  const queue = await queueOf(target, [await environmentOf(target, { maxvCpus })], { schedulingPolicyArn: arn });
  const definition = await definitionOf(target, 'sleep $SECONDS', { schedulingPriority: 0 });
  const submit = (shareIdentifier: string, seconds: number, schedulingPriorityOverride?: number) =>
    submitTo(target, queue, definition, {
      ...{ shareIdentifier, schedulingPriorityOverride },
      containerOverrides: { command: ['sleep', String(seconds)] },
    });
  return { queue, submit };
};

const startOrder = async (target: Target, ids: readonly string[]): Promise<readonly string[]> => {
  const jobs = await Promise.all(ids.map((id) => ended(target, id)));
  return jobs.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0)).map(({ jobId = '' }) => jobId);
};

export const queues = table('AWS Batch', 'Queues and scheduling', [
  {
    behaviour: 'of queues that share a compute environment, the one with the higher priority goes first',
    source: SCHEDULING,
    test: async (target) => {
      const environment = await environmentOf(target, { maxvCpus: 1 });
      const low = await queueOf(target, [environment], { priority: 1 });
      const high = await queueOf(target, [environment], { priority: 10 });
      const definition = await definitionOf(target, 'sleep 0.1');
      const first = await submitTo(target, low, definition);
      await reaches(target, first, 'RUNNING');
      const [later, sooner] = [await submitTo(target, low, definition), await submitTo(target, high, definition)];
      expect(await startOrder(target, [later, sooner])).toEqual([sooner, later]);
    },
  },
  {
    behaviour: 'jobs of a queue without a scheduling policy start in the order of their submission',
    source: SCHEDULING,
    test: async (target) => {
      const queue = await placeOf(target, { maxvCpus: 1 });
      const definition = await definitionOf(target, 'true');
      const ids = [];
      for (let index = 0; index < 4; index += 1) ids.push(await submitTo(target, queue, definition));
      expect(await startOrder(target, ids)).toEqual(ids);
    },
  },
  {
    behaviour: 'a job runs in the first compute environment of its queue that has room',
    source: 'batch/latest/userguide/create-job-queue.html',
    test: async (target) => {
      const [small, large] = [await environmentOf(target, { maxvCpus: 1 }), await environmentOf(target)];
      const queue = await queueOf(target, [small, large]);
      const definition = await definitionOf(target, 'sleep 0.3; [ $AWS_BATCH_CE_NAME = $EXPECTED ]');
      const submit = (value: string) =>
        submitTo(target, queue, definition, { containerOverrides: { environment: [{ name: 'EXPECTED', value }] } });
      const [one, two] = [await submit(small), await submit(large)];
      expect([(await ended(target, one)).status, (await ended(target, two)).status]).toEqual([
        'SUCCEEDED',
        'SUCCEEDED',
      ]);
    },
  },
  {
    behaviour: 'a share with a lower weight factor gets more, and one that used less goes first',
    source: FAIR_SHARE,
    differs: 'how AWS weighs the past of a share is not documented: here it counts with an exponential decay',
    test: async (target) => {
      const shareDistribution = [
        { shareIdentifier: 'heavy', weightFactor: 1 },
        { shareIdentifier: 'light', weightFactor: 0.1 },
      ];
      const { submit } = await fairQueue(target, { shareDistribution, shareDecaySeconds: 3600 });
      // Both have used as much before.
      for (const share of ['heavy', 'light']) await ended(target, await submit(share, 0.2));
      const holder = await submit('other', 0.4);
      await reaches(target, holder, 'RUNNING');
      const [heavy, light] = [await submit('heavy', 0), await submit('light', 0)];
      expect(await startOrder(target, [heavy, light])).toEqual([light, heavy]);
    },
  },
  {
    behaviour: 'within a share, jobs with a higher scheduling priority go first',
    source: 'batch/latest/APIReference/API_SubmitJob.html',
    test: async (target) => {
      const { submit } = await fairQueue(target, {});
      const holder = await submit('a', 0.3);
      await reaches(target, holder, 'RUNNING');
      const [low, high] = [await submit('a', 0, 1), await submit('a', 0, 9)];
      expect(await startOrder(target, [low, high])).toEqual([high, low]);
    },
  },
  {
    behaviour: 'computeReservation keeps (reservation/100)^shares of the vCPUs for shares that are not active yet',
    source: FAIR_SHARE,
    test: async (target) => {
      const { submit } = await fairQueue(target, { computeReservation: 50 }, 2);
      const [first, second] = [await submit('a', 0.3), await submit('a', 0)];
      await reaches(target, first, 'RUNNING');
      const other = await submit('b', 0);
      await ended(target, other);
      // One share may have one of two vCPUs: its second job waits while another share starts at once.
      expect((await jobOf(target, first)).status).toBe('RUNNING');
      expect((await jobOf(target, second)).status).toBe('RUNNABLE');
      expect((await ended(target, second)).status).toBe('SUCCEEDED');
    },
  },
  {
    behaviour: 'a queue with a scheduling policy takes jobs with a share identifier only',
    source: 'batch/latest/APIReference/API_SubmitJob.html',
    test: async (target) => {
      const { queue } = await fairQueue(target, {});
      const definition = await definitionOf(target, 'true', { schedulingPriority: 1 });
      await expect(submitTo(target, queue, definition)).rejects.toMatchObject({ name: 'ClientException' });
    },
  },
  {
    behaviour: 'a snapshot shows the jobs at the front of a queue in their order',
    source: 'batch/latest/APIReference/API_GetJobQueueSnapshot.html',
    test: async (target) => {
      const jobQueue = await placeOf(target, { maxvCpus: 1 });
      const definition = await definitionOf(target, 'sleep 0.5');
      const running = await submitTo(target, jobQueue, definition);
      await reaches(target, running, 'RUNNING');
      const waiting = [await submitTo(target, jobQueue, definition), await submitTo(target, jobQueue, definition)];
      for (const id of waiting) await reaches(target, id, 'RUNNABLE');
      const { frontOfQueue } = await target.clients.batch.send(new GetJobQueueSnapshotCommand({ jobQueue }));
      expect(frontOfQueue?.jobs?.map(({ jobArn = '' }) => jobArn.slice(jobArn.lastIndexOf('/') + 1))).toEqual(waiting);
      await target.clients.batch.send(new TerminateJobsCommand({ jobs: [running, ...waiting], reason: 'enough' }));
    },
  },
  {
    behaviour: 'a compute environment that a queue uses cannot be deleted',
    source: 'batch/latest/userguide/delete-compute-environment.html',
    test: async (target) => {
      const computeEnvironment = await environmentOf(target);
      await queueOf(target, [computeEnvironment]);
      const { batch } = target.clients;
      await batch.send(new UpdateComputeEnvironmentCommand({ computeEnvironment, state: 'DISABLED' }));
      await expect(batch.send(new DeleteComputeEnvironmentCommand({ computeEnvironment }))).rejects.toThrow(
        'Cannot delete, found existing JobQueue relationship',
      );
    },
  },
]);
