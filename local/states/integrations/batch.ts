import type { Output } from '../../core/service';
import { StateFailure } from '../language/failure';
import { isRecord } from '../../core/json';
import { isJsonObject, type Json, toJson } from '../language/json';
import {
  argumentsOf,
  callService,
  type Integration,
  isStopped,
  submittedId,
  type TaskCall,
  untilEnded,
} from './integration';
import { toCamelCase, toPascalCase } from './letter-case';

const PREFIX = 'Batch';
const MAX_CAUSE = 32_768;

const pascal = (output: Output | undefined): Json => toPascalCase(toJson(output) ?? {});

const submit = async (call: TaskCall): Promise<Output> => {
  const input = toCamelCase(argumentsOf(call));
  return callService(call, PREFIX, ['batch', 'SubmitJob'], isJsonObject(input) ? input : {});
};

const describe = async (call: TaskCall, jobId: string): Promise<Output> => {
  const { jobs } = await callService(call, PREFIX, ['batch', 'DescribeJobs'], { jobs: [jobId] });
  const job: unknown = Array.isArray(jobs) ? jobs[0] : undefined;
  if (!isRecord(job)) throw new StateFailure('Batch.ClientException', `the job ${jobId} does not exist any more`);
  return job;
};

/** Waits for the end of a job; a job whose state was stopped or timed out is terminated. */
const waitFor = async (call: TaskCall, jobId: string): Promise<Output> => {
  try {
    const hasEnded = ({ status }: Output): boolean => status === 'SUCCEEDED' || status === 'FAILED';
    return await untilEnded(call, () => describe(call, jobId), hasEnded);
  } finally {
    if (isStopped(call)) await terminate(call, jobId);
  }
};

const terminate = async (call: TaskCall, jobId: string): Promise<void> => {
  try {
    const reason = `The Step Functions execution ${call.origin[0] ?? ''} does not wait for this job any more`;
    await callService(call, PREFIX, ['batch', 'TerminateJob'], { jobId, reason });
  } catch (error) {
    call.world.note(`could not terminate job ${jobId}: ${String(error)}`);
  }
};

/** Submits a job and goes on. */
export const submitJob: Integration = {
  resourceType: 'batch',
  resource: 'submitJob',
  run: async (call) => pascal(await submit(call)),
};

/** Submits a job and waits for its end. */
export const submitJobSync: Integration = {
  resourceType: 'batch',
  resource: 'submitJob.sync',
  endsOnAbort: true,
  managedRule: 'StepFunctionsGetEventsForBatchJobsRule',
  run: async (call) => {
    const jobId = await submittedId(call, 'JobId', async () => pascal(await submit(call)));
    const job = await waitFor(call, jobId);
    const detail = pascal(job);
    if (job.status === 'SUCCEEDED') return detail;
    throw new StateFailure('States.TaskFailed', JSON.stringify(detail).slice(0, MAX_CAUSE));
  },
};
