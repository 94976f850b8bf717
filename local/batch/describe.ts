import type { Output } from '../core/service';
import { readInput } from './checks';
import type { Attempt, CurrentAttempt, Job } from './job';

const taskArn = (job: Job, { taskId }: Pick<Attempt, 'taskId'>): string => {
  const [, partition, , region, account] = job.arn.split(':');
  return `arn:${partition}:ecs:${region}:${account}:task/batch/${taskId}`;
};

const describeAttempt = (job: Job, attempt: Attempt): Output => {
  const { startedAt, stoppedAt, statusReason } = attempt;
  const containers = attempt.containers.map((container) => ({ ...container, networkInterfaces: [] }));
  return {
    ...{ startedAt, stoppedAt, statusReason },
    ...(job.submission.definition.kind === 'ecsProperties'
      ? { taskProperties: [{ taskArn: taskArn(job, attempt), containers }] }
      : { container: { taskArn: taskArn(job, attempt), ...containers[0], name: undefined } }),
  };
};

/** The containers of a job, and how they fare in the latest attempt. */
const describeContainers = (job: Job): Output => {
  const latest: CurrentAttempt | Attempt | undefined = job.current ?? job.attempts.at(-1);
  const { containers, definition } = job.submission;
  const described = containers.map(({ described: requested }, index) => ({
    ...requested,
    ...latest?.containers[index],
  }));
  const task = { taskArn: latest === undefined ? undefined : taskArn(job, latest) };
  if (definition.kind !== 'ecsProperties') {
    const lists = { volumes: [], mountPoints: [], ulimits: [], networkInterfaces: [] };
    return { container: { ...lists, ...described[0], ...task, name: undefined } };
  }
  const [requested] = readInput(definition.described).record('ecsProperties').records('taskProperties');
  return { ecsProperties: { taskProperties: [{ ...requested.values, ...task, containers: described }] } };
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
    ...describeContainers(job),
    arrayProperties: describeArray(job),
    tags: job.tags,
    propagateTags: submission.propagateTags,
    shareIdentifier: submission.share?.identifier,
    schedulingPriority: submission.share?.priority ?? submission.definition.schedulingPriority,
    consumableResourceProperties: {
      consumableResourceList: submission.holdings.map(({ resource, quantity }) => ({
        consumableResource: resource.arn,
        quantity,
      })),
    },
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
