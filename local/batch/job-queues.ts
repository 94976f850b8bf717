import type { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { allowOnly, checkName, checkRange, clientError, oneOf, readInput, readState } from './checks';
import { JOB_STATUSES } from './job';
import type { JobQueue, TimeLimit } from './job-queue';
import { findKept } from './kept-resource';
import { pageOfNamed } from './pages';
import { findEnvironment, findQueue, type BatchState } from './state';
import { readTags } from './tags';
import { WaitingJobs } from './waiting-jobs';

const MAX_QUEUES = 50;
const MAX_ENVIRONMENTS = 3;
const SAGEMAKER = 'SAGEMAKER_TRAINING';
const SETTINGS = [
  ...['state', 'priority', 'computeEnvironmentOrder', 'serviceEnvironmentOrder', 'schedulingPolicyArn'],
  'jobStateTimeLimitActions',
];

type Order = Pick<JobQueue, 'environments' | 'environmentOrder'>;

const checkOrders = (name: string, entries: readonly { readonly order: number }[], max: number): void => {
  if (entries.length < 1 || entries.length > max) {
    throw clientError(`'${name}' of a job queue has 1 to ${max} entries, got ${entries.length}`);
  }
  if (new Set(entries.map(({ order }) => order)).size < entries.length) {
    throw clientError(`each 'order' of '${name}' must be given once`);
  }
};

const checkOrderKind = (reader: Reader, isForServices: boolean): void => {
  const other = isForServices ? 'computeEnvironmentOrder' : 'serviceEnvironmentOrder';
  if (reader.list(other).length === 0) return;
  const which = isForServices ? 'of' : 'of another type than';
  throw clientError(`'${other}' must not be given for a job queue ${which} ${SAGEMAKER}`);
};

const readServices = (state: BatchState, reader: Reader): JobQueue['serviceEnvironments'] => {
  const entries = reader.records('serviceEnvironmentOrder').map((entry) => ({
    order: entry.number('order'),
    serviceEnvironment: findKept(state, 'service-environment', entry.text('serviceEnvironment')).arn,
  }));
  checkOrders('serviceEnvironmentOrder', entries, 1);
  return entries;
};

const readOrder = (state: BatchState, reader: Reader): Order => {
  const entries = reader.records('computeEnvironmentOrder').map((entry) => ({
    order: entry.number('order'),
    environment: findEnvironment(state, entry.text('computeEnvironment')),
  }));
  checkOrders('computeEnvironmentOrder', entries, MAX_ENVIRONMENTS);
  const platforms = new Map(entries.map(({ environment }) => [environment.platform, environment]));
  if (platforms.size > 1) {
    const mixed = [...platforms].map(([platform, { name }]) => `'${name}' is ${platform}`).join(', ');
    throw clientError(`a job queue must not mix kinds of compute environments: ${mixed}`);
  }
  entries.sort((left, right) => left.order - right.order);
  return {
    environments: entries.map(({ environment }) => environment),
    environmentOrder: entries.map(({ order, environment }) => ({ order, computeEnvironment: environment.arn })),
  };
};

const readTimeLimits = (reader: Reader, isForServices: boolean): readonly TimeLimit[] =>
  reader.records('jobStateTimeLimitActions').map((entry) => ({
    reason: entry.text('reason'),
    state: oneOf('jobStateTimeLimitActions.state', entry.text('state'), ['RUNNABLE']),
    maxTimeSeconds: checkRange('jobStateTimeLimitActions.maxTimeSeconds', entry.number('maxTimeSeconds'), 600, 86_400),
    action: oneOf('jobStateTimeLimitActions.action', entry.text('action'), [isForServices ? 'TERMINATE' : 'CANCEL']),
  }));

const readPriority = (reader: Reader): number => checkRange('priority', reader.number('priority'), 0, 1000);

const readPolicy = (state: BatchState, reader: Reader): JobQueue['schedulingPolicy'] => {
  const arn = reader.optionalText('schedulingPolicyArn');
  return arn === undefined ? undefined : findKept(state, 'scheduling-policy', arn);
};

const TYPES = { EC2: 'ECS', FARGATE: 'ECS_FARGATE', MANAGED_INSTANCES: 'ECS_MANAGED_INSTANCES', EKS: 'EKS' } as const;

const typeOf = ({ environments }: Order): string =>
  environments.length === 0 ? SAGEMAKER : TYPES[environments[0].platform];

const describe = (queue: JobQueue): Output => ({
  jobQueueName: queue.name,
  jobQueueArn: queue.arn,
  state: queue.state,
  status: queue.status,
  statusReason: queue.status === 'VALID' ? 'JobQueue Healthy' : 'JobQueue is being deleted',
  priority: queue.priority,
  computeEnvironmentOrder: queue.environmentOrder,
  serviceEnvironmentOrder: queue.serviceEnvironments,
  schedulingPolicyArn: queue.schedulingPolicy?.arn,
  jobQueueType: typeOf(queue),
  jobStateTimeLimitActions: queue.timeLimits,
  tags: queue.tags,
});

const create = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const name = checkName('job queue name', reader.text('jobQueueName'));
  allowOnly(reader, 'CreateJobQueue', ['jobQueueName', 'jobQueueType', 'tags', ...SETTINGS]);
  if (state.queues.has(name)) throw clientError(`job queue '${name}' exists already`);
  if (state.queues.size >= MAX_QUEUES) throw clientError(`an account has at most ${MAX_QUEUES} job queues`);
  const isForServices = reader.optionalText('jobQueueType') === SAGEMAKER;
  checkOrderKind(reader, isForServices);
  const order = isForServices ? { environments: [], environmentOrder: [] } : readOrder(state, reader);
  const type = typeOf(order);
  if ((reader.optionalText('jobQueueType') ?? type) !== type) {
    throw clientError(`'jobQueueType' of job queue '${name}' must be ${type}, got '${reader.text('jobQueueType')}'`);
  }
  const queue: JobQueue = {
    sequence: state.nextSequence(),
    name,
    arn: state.world.arn('batch', `job-queue/${name}`),
    state: readState(reader),
    status: 'VALID',
    priority: readPriority(reader),
    ...order,
    serviceEnvironments: isForServices ? readServices(state, reader) : [],
    schedulingPolicy: readPolicy(state, reader),
    useByShare: new Map(),
    timeLimits: readTimeLimits(reader, isForServices),
    tags: readTags(reader),
    runnable: new WaitingJobs(),
    jobs: new Map(JOB_STATUSES.map((status) => [status, new Set()])),
  };
  state.queues.set(name, queue);
  return { jobQueueName: name, jobQueueArn: queue.arn };
};

const update = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  allowOnly(reader, 'UpdateJobQueue', ['jobQueue', ...SETTINGS]);
  const queue = findQueue(state, reader.text('jobQueue'));
  if (reader.has('schedulingPolicyArn') && queue.schedulingPolicy === undefined) {
    throw clientError(`job queue '${queue.name}' has no scheduling policy and cannot get one: create another queue`);
  }
  const isForServices = queue.serviceEnvironments.length > 0;
  checkOrderKind(reader, isForServices);
  const changes: Partial<JobQueue> = {
    ...(reader.has('state') ? { state: readState(reader) } : {}),
    ...(reader.has('priority') ? { priority: readPriority(reader) } : {}),
    ...(reader.has('computeEnvironmentOrder') ? readOrder(state, reader) : {}),
    ...(reader.has('serviceEnvironmentOrder') ? { serviceEnvironments: readServices(state, reader) } : {}),
    ...(reader.has('schedulingPolicyArn') ? { schedulingPolicy: readPolicy(state, reader) } : {}),
    ...(reader.has('jobStateTimeLimitActions') ? { timeLimits: readTimeLimits(reader, isForServices) } : {}),
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
  const { items, nextToken } = pageOfNamed(state.queues.values(), readInput(input), 'jobQueues');
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
