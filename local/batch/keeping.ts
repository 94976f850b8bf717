import type { Operation } from '../core/service';
import type { ComputeEnvironment } from './compute-environment';
import { JOB_STATUSES } from './job';
import type { JobDefinition } from './job-definition';
import type { JobQueue } from './job-queue';
import type { KeptResource } from './kept-resource';
import type { BatchState } from './state';
import { WaitingJobs } from './waiting-jobs';

/** A queue without its jobs, and with names where it has other resources. */
type KeptQueue = Omit<JobQueue, 'environments' | 'schedulingPolicy' | 'useByShare' | 'runnable' | 'jobs'> & {
  readonly environmentNames: readonly string[];
  readonly schedulingPolicyArn?: string;
};

/** All resources of AWS Batch; jobs are kept by themselves. */
interface Kept {
  readonly sequence: number;
  readonly environments: readonly ComputeEnvironment[];
  readonly queues: readonly KeptQueue[];
  readonly others: readonly KeptResource[];
  readonly definitions: ReadonlyMap<string, JobDefinition[]>;
}

const keptQueue = (queue: JobQueue): KeptQueue => {
  const { sequence, name, arn, state, status, priority, environmentOrder, serviceEnvironments } = queue;
  const { environments, schedulingPolicy, timeLimits, tags } = queue;
  return {
    ...{ sequence, name, arn, state, status, priority, environmentOrder, serviceEnvironments, timeLimits, tags },
    environmentNames: environments.map((environment) => environment.name),
    ...(schedulingPolicy === undefined ? {} : { schedulingPolicyArn: schedulingPolicy.arn }),
  };
};

const restore = (state: BatchState, { sequence, environments, queues, others, definitions }: Kept): void => {
  state.nextSequence(sequence);
  for (const one of environments) state.environments.set(one.name, { ...one, usedVcpus: 0 });
  for (const one of others) {
    // Whoever held a part of it has ended; what is used up stays so.
    const inUse = one.properties.resourceType === 'REPLENISHABLE' ? 0 : one.inUse;
    state.kept.set(one.arn, { ...one, inUse });
  }
  for (const [name, revisions] of definitions) state.definitions.set(name, revisions);
  for (const { environmentNames, schedulingPolicyArn, ...settings } of queues) {
    state.queues.set(settings.name, {
      ...settings,
      environments: environmentNames.flatMap((name) => state.environments.get(name) ?? []),
      ...(schedulingPolicyArn === undefined ? {} : { schedulingPolicy: state.kept.get(schedulingPolicyArn) }),
      useByShare: new Map(),
      runnable: new WaitingJobs(),
      jobs: new Map(JOB_STATUSES.map((status) => [status, new Set()])),
    });
  }
};

const CHANGES = /^(Create|Update|Delete|Register|Deregister|Tag|Untag)/;

/** Operations that keep what they change, and what keeps a change that no operation made. */
export interface Keeping {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly save: () => void;
}

/** Brings back the resources of before a restart, and keeps them after each operation that may have changed them. */
export const keeping = (state: BatchState, operations: Readonly<Record<string, Operation>>): Keeping => {
  if (!state.world.persistent) return { operations, save: () => undefined };
  const collection = state.world.collection<Kept>('batch/resources');
  const before = collection.get('all');
  if (before !== undefined) restore(state, before);
  const save = (): void => {
    collection.set('all', {
      sequence: state.nextSequence(),
      environments: [...state.environments.values()],
      queues: [...state.queues.values()].map(keptQueue),
      others: [...state.kept.values()],
      definitions: state.definitions,
    });
  };
  const keepingRun =
    (run: Operation): Operation =>
    async (input, call) => {
      const output = await run(input, call);
      save();
      return output;
    };
  const kept = Object.entries(operations).map(([name, run]): [string, Operation] => [
    name,
    CHANGES.test(name) ? keepingRun(run) : run,
  ]);
  return { operations: Object.fromEntries(kept), save };
};
