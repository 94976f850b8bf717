import { TerminateJobCommand, UpdateComputeEnvironmentCommand, UpdateJobQueueCommand } from '@aws-sdk/client-batch';
import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { definitionOf, ended, environmentOf, jobOf, placeOf, queueOf, reaches, submitTo } from '../kit/jobs';
import { openTo, queueFor } from '../kit/queues';
import { table } from '../kit/table';
import type { OwnTarget, Target } from '../kit/target';

const CHANGES = 'batch/latest/userguide/batch_job_events.html';
const BLOCKED = 'batch/latest/userguide/batch-job-queue-blocked-events.html';
const STUCK = 'batch/latest/userguide/job_stuck_in_runnable.html';
const TOO_LARGE = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE';
const NO_INSTANCE = 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT';

interface JobEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly resources: readonly string[];
  readonly detail: { readonly jobId: string; readonly status: string; readonly statusReason?: string };
}

const isEvent = (value: unknown): value is JobEvent =>
  typeof value === 'object' && value !== null && 'detail' in value && 'resources' in value;

/** The events of jobs of a queue from now on; asking takes those that have come so far, in any order. */
const listen = async (target: Target, jobQueue: string): Promise<() => Promise<readonly JobEvent[]>> => {
  const { clients, name, cleanup, account, region } = target;
  const queue = await queueFor(target);
  const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
  await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
  const Rule = name('rule');
  const detail = { jobQueue: [`arn:aws:batch:${region}:${account}:job-queue/${jobQueue}`] };
  const EventPattern = JSON.stringify({ source: ['aws.batch'], detail });
  await clients.events.send(new PutRuleCommand({ Name: Rule, EventPattern }));
  await clients.events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'one', Arn: queue.arn }] }));
  cleanup(async () => {
    await clients.events.send(new RemoveTargetsCommand({ Rule, Ids: ['one'] }));
    await clients.events.send(new DeleteRuleCommand({ Name: Rule }));
  });
  const all: JobEvent[] = [];
  return async () => {
    for (const { Body = '' } of await queue.receive({ MaxNumberOfMessages: 10 })) {
      const event: unknown = JSON.parse(Body);
      if (isEvent(event)) all.push(event);
    }
    return all;
  };
};

const statusesOf = (events: readonly JobEvent[], id: string): readonly string[] =>
  events
    .filter((event) => event['detail-type'] === 'Batch Job State Change' && event.detail.jobId === id)
    .map(({ detail: { status } }) => status)
    .sort();

const needing = (...requirements: readonly (readonly ['VCPU' | 'GPU', string])[]) => ({
  containerOverrides: { resourceRequirements: requirements.map(([type, value]) => ({ type, value })) },
});

/** A queue with time limits, and a job that blocks it. */
const blocked = async (target: OwnTarget, requirement: readonly ['VCPU' | 'GPU', string], reason: string) => {
  const jobQueue = await placeOf(target, { maxvCpus: 2 });
  const limit = { state: 'RUNNABLE', action: 'CANCEL', maxTimeSeconds: 600, reason } as const;
  const jobStateTimeLimitActions = [limit];
  await target.clients.batch.send(new UpdateJobQueueCommand({ jobQueue, jobStateTimeLimitActions }));
  const definition = await definitionOf(target, 'true');
  const stuck = await submitTo(target, jobQueue, definition, needing(requirement));
  const behind = await submitTo(target, jobQueue, definition);
  await reaches(target, behind, 'RUNNABLE');
  return { stuck, behind };
};

export const events = table('AWS Batch', 'Events and blocked queues', [
  {
    behaviour: 'each change of the status of a job is an event with the job as its detail',
    source: CHANGES,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const heard = await listen(target, jobQueue);
      const id = await submitTo(target, jobQueue, await definitionOf(target, 'exit 3'));
      const { jobArn = '' } = await ended(target, id);
      await target.eventually(async () => {
        const all = await heard();
        expect(statusesOf(all, id)).toEqual(['FAILED', 'RUNNABLE', 'RUNNING', 'STARTING']);
        const last = all.find(({ detail }) => detail.status === 'FAILED');
        expect(last).toMatchObject({
          source: 'aws.batch',
          resources: [jobArn],
          detail: { container: { exitCode: 3 } },
        });
      });
    },
  },
  {
    behaviour: 'a job that depends on another is PENDING first, and an attempt that is tried again is RUNNABLE again',
    source: 'batch/latest/userguide/job_states.html',
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const heard = await listen(target, jobQueue);
      const script = 'sleep 0.1; exit $((2 - AWS_BATCH_JOB_ATTEMPT))';
      const definition = await definitionOf(target, script, { retryStrategy: { attempts: 2 } });
      const first = await submitTo(target, jobQueue, definition);
      const second = await submitTo(target, jobQueue, definition, { dependsOn: [{ jobId: first }] });
      await ended(target, second);
      const twice = ['RUNNABLE', 'RUNNABLE', 'RUNNING', 'RUNNING', 'STARTING', 'STARTING', 'SUCCEEDED'];
      await target.eventually(async () => {
        const all = await heard();
        expect(statusesOf(all, first)).toEqual(twice);
        expect(statusesOf(all, second)).toEqual(['PENDING', ...twice]);
      });
    },
  },
  {
    behaviour: 'parents and children of arrays have events of their own',
    source: CHANGES,
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const heard = await listen(target, jobQueue);
      const definition = await definitionOf(target, 'true');
      const id = await submitTo(target, jobQueue, definition, { arrayProperties: { size: 2 } });
      await ended(target, id);
      await target.eventually(async () => {
        const all = await heard();
        expect(statusesOf(all, id)).toEqual(['PENDING', 'SUCCEEDED']);
        for (const index of [0, 1]) {
          expect(statusesOf(all, `${id}:${index}`)).toEqual(['RUNNABLE', 'RUNNING', 'STARTING', 'SUCCEEDED']);
        }
      });
    },
  },
  {
    behaviour:
      'a job at the head of a queue that asks for more vCPUs than there are blocks it, with an event and a reason',
    source: BLOCKED,
    test: async (target) => {
      const jobQueue = await placeOf(target, { maxvCpus: 2 });
      const heard = await listen(target, jobQueue);
      const definition = await definitionOf(target, 'true');
      const jobId = await submitTo(target, jobQueue, definition, needing(['VCPU', '4']));
      const behind = await submitTo(target, jobQueue, definition);
      const {
        jobArn = '',
        jobQueue: queueArn = '',
        statusReason = '',
      } = await target.eventually(async () => {
        const job = await jobOf(target, jobId);
        expect(job.statusReason).toContain(TOO_LARGE);
        return job;
      });
      await target.eventually(async () => {
        const event = (await heard()).find((one) => one['detail-type'] === 'Batch Job Queue Blocked');
        expect(event).toMatchObject({ resources: [jobArn, queueArn], detail: { status: 'RUNNABLE', statusReason } });
      });
      expect((await jobOf(target, behind)).status).toBe('RUNNABLE');
      await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'enough' }));
      await ended(target, behind);
    },
  },
  {
    behaviour: 'a job that blocked its queue runs when the compute environment grows',
    source: STUCK,
    test: async (target) => {
      const computeEnvironment = await environmentOf(target, { maxvCpus: 1 });
      const jobQueue = await queueOf(target, [computeEnvironment]);
      const jobId = await submitTo(target, jobQueue, await definitionOf(target, 'true'), needing(['VCPU', '2']));
      await reaches(target, jobId, 'RUNNABLE');
      const computeResources = { maxvCpus: 2 };
      await target.clients.batch.send(new UpdateComputeEnvironmentCommand({ computeEnvironment, computeResources }));
      expect((await ended(target, jobId)).status).toBe('SUCCEEDED');
    },
  },
  ...(
    [
      [
        'more vCPUs than there are',
        ['VCPU', '4'],
        TOO_LARGE,
        'CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
      ],
      [
        'GPUs where no instance has any',
        ['GPU', '1'],
        NO_INSTANCE,
        'The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.',
      ],
    ] as const
  ).map(([what, requirement, reason, words]) => ({
    behaviour: `a job that asks for ${what} is cancelled by a time limit of its queue, and the next one goes on`,
    source: STUCK,
    local: async (target: OwnTarget): Promise<void> => {
      const { stuck, behind } = await blocked(target, requirement, reason);
      expect((await jobOf(target, stuck)).statusReason).toBe(`${reason} - ${words}`);
      const { clock } = target.endpoint.world;
      await clock.advance(599_000);
      expect((await jobOf(target, stuck)).status).toBe('RUNNABLE');
      await clock.advance(2000);
      expect(await ended(target, stuck)).toMatchObject({
        status: 'FAILED',
        isCancelled: true,
        statusReason: `Canceled by JobStateTimeLimit action due to reason: ${reason}`,
      });
      expect((await ended(target, behind)).status).toBe('SUCCEEDED');
    },
  })),
  {
    behaviour: 'a time limit acts after 10 minutes to 24 hours, and cancels jobs',
    source: 'batch/latest/APIReference/API_JobStateTimeLimitAction.html',
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const limit = { state: 'RUNNABLE', action: 'CANCEL', maxTimeSeconds: 600, reason: TOO_LARGE } as const;
      const update = (more: object) =>
        target.clients.batch.send(
          new UpdateJobQueueCommand({ jobQueue, jobStateTimeLimitActions: [{ ...limit, ...more }] }),
        );
      for (const wrong of [{ maxTimeSeconds: 599 }, { maxTimeSeconds: 86_401 }, { state: 'RUNNING' }]) {
        await expect(update(wrong)).rejects.toMatchObject({ name: 'ClientException' });
      }
      expect((await update({ maxTimeSeconds: 86_400 })).jobQueueName).toBe(jobQueue);
    },
  },
  {
    behaviour: 'jobs do not share a GPU: those that ask for more than the instances have wait',
    source: 'batch/latest/userguide/gpu-jobs.html',
    differs: 'GPUs are counted, not there: which ones a job has, NVIDIA_VISIBLE_DEVICES says',
    local: async (target) => {
      // Of 4 vCPUs and a GPU each there may be one.
      const queue = await placeOf(target, { maxvCpus: 4, instanceTypes: ['g5.xlarge'] });
      const definition = await definitionOf(target, 'sleep 0.1');
      const submit = () => submitTo(target, queue, definition, needing(['GPU', '1']));
      const ids = [await submit(), await submit()];
      const [one, two] = await Promise.all(ids.map((id) => ended(target, id)));
      expect(two.startedAt).toBeGreaterThanOrEqual(one.stoppedAt ?? Infinity);
    },
  },
]);
