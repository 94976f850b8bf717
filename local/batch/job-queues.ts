import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { allowOnly, checkName, checkRange, clientError, oneOf, readInput } from './checks';
import { platformOf, type ComputeEnvironment } from './compute-environment';
import { Heap } from './heap';
import { JOB_STATUSES } from './job';
import { runsBefore } from './job-order';
import type { JobQueue, TimeLimit } from './job-queue';
import { pageOf } from './pages';
import { findEnvironment, findQueue, type BatchState } from './state';
import { readTags } from './tags';

const MAX_QUEUES = 50;
const MAX_ENVIRONMENTS = 3;
const SETTINGS = ['state', 'priority', 'computeEnvironmentOrder', 'jobStateTimeLimitActions'];

type Order = Pick<JobQueue, 'environments' | 'environmentOrder'>;

const readOrder = (state: BatchState, reader: Reader): Order => {
  const entries = reader.records('computeEnvironmentOrder').map((entry) => ({
    order: entry.number('order'),
    environment: findEnvironment(state, entry.text('computeEnvironment')),
  }));
  if (entries.length < 1 || entries.length > MAX_ENVIRONMENTS) {
    throw clientError(`a job queue has 1 to ${MAX_ENVIRONMENTS} compute environments, got ${entries.length}`);
  }
  if (new Set(entries.map(({ order }) => order)).size < entries.length) {
    throw clientError("each 'order' of 'computeEnvironmentOrder' must be given once");
  }
  const platforms = new Map<string, ComputeEnvironment>();
  for (const { environment } of entries) platforms.set(platformOf(environment), environment);
  if (platforms.size > 1) {
    const mixed = [...platforms].map(([platform, { name }]) => `'${name}' is ${platform}`).join(', ');
    throw clientError(`a job queue must not mix EC2 and Fargate compute environments: ${mixed}`);
  }
  entries.sort((left, right) => left.order - right.order);
  return {
    environments: entries.map(({ environment }) => environment),
    environmentOrder: entries.map(({ order, environment }) => ({ order, computeEnvironment: environment.arn })),
  };
};

const readTimeLimits = (reader: Reader): readonly TimeLimit[] =>
  reader.records('jobStateTimeLimitActions').map((entry) => ({
    reason: entry.text('reason'),
    state: oneOf('jobStateTimeLimitActions.state', entry.text('state'), ['RUNNABLE']),
    maxTimeSeconds: checkRange('jobStateTimeLimitActions.maxTimeSeconds', entry.number('maxTimeSeconds'), 600, 86_400),
    action: oneOf('jobStateTimeLimitActions.action', entry.text('action'), ['CANCEL']),
  }));

const readState = (reader: Reader): JobQueue['state'] =>
  oneOf('state', reader.optionalText('state') ?? 'ENABLED', ['ENABLED', 'DISABLED']);

const readPriority = (reader: Reader): number => checkRange('priority', reader.number('priority'), 0, 1000);

const refuseOthers = (reader: Reader, operation: string, names: readonly string[]): void => {
  if (reader.has('schedulingPolicyArn')) {
    throw notSupported('scheduling policies', 'a job queue without one is first in, first out');
  }
  allowOnly(reader, operation, [...names, ...SETTINGS]);
};

const describe = (queue: JobQueue): Output => ({
  jobQueueName: queue.name,
  jobQueueArn: queue.arn,
  state: queue.state,
  status: queue.status,
  statusReason: queue.status === 'VALID' ? 'JobQueue Healthy' : 'JobQueue is being deleted',
  priority: queue.priority,
  computeEnvironmentOrder: queue.environmentOrder,
  jobQueueType: queue.environments.some((environment) => platformOf(environment) === 'FARGATE') ? 'ECS_FARGATE' : 'ECS',
  jobStateTimeLimitActions: queue.timeLimits,
  tags: queue.tags,
});

const create = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const name = checkName('job queue name', reader.text('jobQueueName'));
  refuseOthers(reader, 'CreateJobQueue', ['jobQueueName', 'jobQueueType', 'tags']);
  if (state.queues.has(name)) throw clientError(`job queue '${name}' exists already`);
  if (state.queues.size >= MAX_QUEUES) throw clientError(`an account has at most ${MAX_QUEUES} job queues`);
  const queue: JobQueue = {
    sequence: state.nextSequence(),
    name,
    arn: state.world.arn('batch', `job-queue/${name}`),
    state: readState(reader),
    status: 'VALID',
    priority: readPriority(reader),
    ...readOrder(state, reader),
    timeLimits: readTimeLimits(reader),
    tags: readTags(reader),
    runnable: new Heap(runsBefore),
    jobs: new Map(JOB_STATUSES.map((status) => [status, new Set()])),
  };
  state.queues.set(name, queue);
  return { jobQueueName: name, jobQueueArn: queue.arn };
};

const update = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  refuseOthers(reader, 'UpdateJobQueue', ['jobQueue']);
  const queue = findQueue(state, reader.text('jobQueue'));
  const changes: Partial<JobQueue> = {
    ...(reader.has('state') ? { state: readState(reader) } : {}),
    ...(reader.has('priority') ? { priority: readPriority(reader) } : {}),
    ...(reader.has('computeEnvironmentOrder') ? readOrder(state, reader) : {}),
    ...(reader.has('jobStateTimeLimitActions') ? { timeLimits: readTimeLimits(reader) } : {}),
  };
  Object.assign(queue, changes);
  return { jobQueueName: queue.name, jobQueueArn: queue.arn };
};

const remove = (state: BatchState, input: Input, empty: (queue: JobQueue) => void): Output => {
  const reference = readInput(input).text('jobQueue');
  const queue = findQueue(state, reference);
  if (queue.state === 'ENABLED') {
    throw clientError(`Cannot delete, job queue '${queue.name}' must be DISABLED first`);
  }
  queue.status = 'DELETING';
  empty(queue);
  return {};
};

const describeAll = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const names = new Set(reader.texts('jobQueues'));
  const chosen = [...state.queues.values()].filter(
    ({ name, arn }) => names.size === 0 || names.has(name) || names.has(arn),
  );
  const { items, nextToken } = pageOf(chosen, reader, 100);
  return { jobQueues: items.map(describe), nextToken };
};

/** What happens to the jobs of a queue that changes. */
export interface QueueListener {
  /** Capacity or order may have changed. */
  changed(): void;
  /** Ends all jobs of a queue, and removes it when they have. */
  empty(queue: JobQueue): void;
}

/** Operations on job queues. */
export const jobQueueOperations = (
  state: BatchState,
  listener: QueueListener,
): Readonly<Record<string, Operation>> => ({
  CreateJobQueue: (input) => create(state, input),
  UpdateJobQueue: (input) => {
    const output = update(state, input);
    listener.changed();
    return output;
  },
  DeleteJobQueue: (input) =>
    remove(state, input, (queue) => {
      listener.empty(queue);
    }),
  DescribeJobQueues: (input) => describeAll(state, input),
});
