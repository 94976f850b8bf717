import type { Output } from '../core/service';
import { readInput } from './checks';
import type { Attempt, CurrentAttempt, Job } from './job';
import { describeNode, type NodePlace } from './nodes';

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
  if (definition.nodes !== undefined) return definition.described;
  if (definition.kind !== 'ecsProperties') {
    const lists = { volumes: [], mountPoints: [], ulimits: [], networkInterfaces: [] };
    return { container: { ...lists, ...described[0], ...task, name: undefined } };
  }
  const [requested] = readInput(definition.described).record('ecsProperties').records('taskProperties');
  return { ecsProperties: { taskProperties: [{ ...requested.values, ...task, containers: described }] } };
};

/** One node of a multi-node job, as DescribeJobs shows it under the id `job#node`. */
export const describeNodeJob = (job: Job, index: number): Output | undefined => {
  const at = job.submission.containers.findIndex(({ node }) => node?.index === index);
  const container = job.submission.containers.at(at);
  if (at < 0 || container?.node === undefined) return undefined;
  const latest: CurrentAttempt | Attempt | undefined = job.current ?? job.attempts.at(-1);
  const { nodeIndex, isMainNode } = describeNode(container.node);
  const state = { ...container.described, ...latest?.containers.at(at), name: undefined };
  return {
    ...describeJob(job),
    ...{ jobId: `${job.id}#${index}`, jobArn: `${job.arn}#${index}`, nodeProperties: undefined },
    ...{ nodeDetails: { nodeIndex, isMainNode }, container: state },
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
  const { nodes } = job.submission.definition;
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
    nodeProperties: nodes === undefined ? undefined : { isMainNode: false, numNodes: containerNodes(job).length },
    shareIdentifier: job.submission.share?.identifier,
    isCancelled: job.stop?.kind === 'cancel',
    isTerminated: job.stop?.kind === 'terminate',
  };
};

const containerNodes = (job: Job): readonly NodePlace[] => [
  ...new Map(
    job.submission.containers.flatMap(({ node }) => (node === undefined ? [] : [[node.index, node] as const])),
  ).values(),
];

/** The nodes of a multi-node job as ListJobs shows them. */
export const summarizeNodes = (job: Job): readonly Output[] =>
  containerNodes(job).map((node) => ({
    ...summarizeJob(job),
    ...{ jobId: `${job.id}#${node.index}`, jobArn: `${job.arn}#${node.index}`, nodeProperties: describeNode(node) },
  }));
