import type { Output } from '../core/service';
import type { Attempt, CurrentAttempt, Job } from './job';

const taskArn = (job: Job, { taskId }: Pick<Attempt, 'taskId'>): string => {
  const [, partition, , region, account] = job.arn.split(':');
  return `arn:${partition}:ecs:${region}:${account}:task/batch/${taskId}`;
};

const describeAttempt = (job: Job, attempt: Attempt): Output => ({
  startedAt: attempt.startedAt,
  stoppedAt: attempt.stoppedAt,
  statusReason: attempt.statusReason,
  container: {
    taskArn: taskArn(job, attempt),
    exitCode: attempt.exitCode,
    reason: attempt.reason,
    logStreamName: attempt.logStreamName,
    networkInterfaces: [],
  },
});

const describeContainer = (job: Job): Output => {
  const latest: CurrentAttempt | Attempt | undefined = job.current ?? job.attempts.at(-1);
  const ended = job.current === undefined ? job.attempts.at(-1) : undefined;
  return {
    ...job.submission.container.described,
    taskArn: latest === undefined ? undefined : taskArn(job, latest),
    logStreamName: latest?.logStreamName,
    exitCode: ended?.exitCode,
    reason: ended?.reason,
  };
};

/** Counts of an array parent, or the index of a child. */
const describeArray = (job: Job): Output | undefined => {
  if (job.place !== undefined) return { index: job.place.index };
  if (job.array === undefined) return undefined;
  const { size, counts, updatedAt } = job.array;
  return { size, statusSummary: { ...counts }, statusSummaryLastUpdatedAt: updatedAt };
};

/** A job as DescribeJobs and events show it. */
export const describeJob = (job: Job): Output => {
  const { submission } = job;
  return {
    jobArn: job.arn,
    jobId: job.id,
    jobName: submission.jobName,
    jobQueue: submission.queue.arn,
    jobDefinition: submission.definition.arn,
    status: job.status,
    statusReason: job.statusReason,
    attempts: job.attempts.map((attempt) => describeAttempt(job, attempt)),
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    retryStrategy: submission.retryStrategy,
    timeout: submission.timeout,
    dependsOn: submission.dependsOn,
    parameters: submission.parameters,
    container: describeContainer(job),
    arrayProperties: describeArray(job),
    tags: job.tags,
    propagateTags: submission.propagateTags,
    platformCapabilities: submission.definition.platforms,
    isCancelled: job.stop?.kind === 'cancel',
    isTerminated: job.stop?.kind === 'terminate',
  };
};

/** A job as ListJobs shows it. */
export const summarizeJob = (job: Job): Output => {
  const last = job.attempts.at(-1);
  return {
    jobArn: job.arn,
    jobId: job.id,
    jobName: job.submission.jobName,
    jobDefinition: job.submission.definition.arn,
    status: job.status,
    statusReason: job.statusReason,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    stoppedAt: job.stoppedAt,
    container: last === undefined ? undefined : { exitCode: last.exitCode, reason: last.reason },
    arrayProperties: describeArray(job),
    isCancelled: job.stop?.kind === 'cancel',
    isTerminated: job.stop?.kind === 'terminate',
  };
};
