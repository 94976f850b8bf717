import type { Input, Operation, Output } from '../core/service';
import { readReason, stopAll } from './bulk';
import { clientError, readInput } from './checks';
import { describeJob, describeNodeJob } from './describe';
import type { Job, Stop } from './job';
import type { Lifecycle } from './lifecycle';
import { listJobs } from './list-jobs';
import { findJob, type BatchState } from './state';
import { snapshot } from './snapshot';
import { submit } from './submit';

const MAX_DESCRIBED = 100;

const describeId = (state: BatchState, id: string): Output | undefined => {
  const node = /^(.+)#(\d+)$/.exec(id);
  const job = findJob(state, node?.at(1) ?? id);
  if (job === undefined) return undefined;
  return node === null ? describeJob(job) : describeNodeJob(job, Number(node.at(2)));
};

const describeJobs = (state: BatchState, input: Input): Output => {
  const ids = readInput(input).texts('jobs');
  if (ids.length < 1 || ids.length > MAX_DESCRIBED) {
    throw clientError(`'jobs' must have 1 to ${MAX_DESCRIBED} job ids, got ${ids.length}`);
  }
  return { jobs: ids.flatMap((id) => describeId(state, id) ?? []) };
};

const stopJob = (state: BatchState, lifecycle: Lifecycle, kind: Stop['kind'], input: Input): Output => {
  const id = readInput(input).text('jobId');
  const reason = readReason(input);
  const job = findJob(state, id);
  if (job === undefined) throw clientError(`job '${id}' does not exist`);
  lifecycle.stop(job, { kind, reason });
  return {};
};

/** Operations on jobs. */
export const jobOperations = (
  state: BatchState,
  lifecycle: Lifecycle,
  onSubmitted: (job: Job, input: Input) => void,
): Readonly<Record<string, Operation>> => {
  const stopIfThere = (id: string, stop: Stop): void => {
    const job = findJob(state, id);
    if (job !== undefined) lifecycle.stop(job, stop);
  };
  return {
    SubmitJob: (input) => {
      const { job, doomed } = submit(state, input);
      onSubmitted(job, input);
      // Whoever submits has the id before anything happens to the job.
      setImmediate(() => {
        for (const failed of doomed) lifecycle.failDependent(failed);
        void lifecycle.evaluate(job);
      });
      return { jobArn: job.arn, jobName: job.submission.jobName, jobId: job.id };
    },
    CancelJobs: (input) => stopAll(input, 'cancel', stopIfThere),
    TerminateJobs: (input) => stopAll(input, 'terminate', stopIfThere),
    GetJobQueueSnapshot: (input) => snapshot(state, input),
    DescribeJobs: (input) => describeJobs(state, input),
    ListJobs: (input) => listJobs(state, input),
    CancelJob: (input) => stopJob(state, lifecycle, 'cancel', input),
    TerminateJob: (input) => stopJob(state, lifecycle, 'terminate', input),
  };
};
