import type { World } from '../core/world';
import { clientError, nameOf, splitName } from './checks';
import type { ComputeEnvironment } from './compute-environment';
import type { Job } from './job';
import type { JobDefinition } from './job-definition';
import type { JobQueue } from './job-queue';
import type { KeptResource } from './kept-resource';

/** Everything that this service remembers. */
export interface BatchState {
  readonly world: World;
  readonly environments: Map<string, ComputeEnvironment>;
  readonly queues: Map<string, JobQueue>;
  /** By ARN. */
  readonly kept: Map<string, KeptResource>;
  /** All revisions by name, oldest first; revision N is at N - 1. */
  readonly definitions: Map<string, JobDefinition[]>;
  /** Without array children, which their parents hold. */
  readonly jobs: Map<string, Job>;
  /** Numbers everything in order of creation. */
  nextSequence(count?: number): number;
}

export const createState = (world: World): BatchState => {
  let sequence = 0;
  return {
    world,
    environments: new Map(),
    queues: new Map(),
    kept: new Map(),
    definitions: new Map(),
    jobs: new Map(),
    nextSequence: (count = 1) => {
      const first = sequence + 1;
      sequence += count;
      return first;
    },
  };
};

export const findEnvironment = (state: BatchState, reference: string): ComputeEnvironment => {
  const environment = state.environments.get(nameOf('compute-environment', reference));
  if (environment === undefined) throw clientError(`compute environment '${reference}' does not exist`);
  return environment;
};

export const findQueue = (state: BatchState, reference: string): JobQueue => {
  const queue = state.queues.get(nameOf('job-queue', reference));
  if (queue === undefined) throw clientError(`job queue '${reference}' does not exist`);
  return queue;
};

/** By name (latest active revision), by name and revision, or by the ARN of either. */
export const findDefinition = (
  state: BatchState,
  reference: string,
  statuses: readonly JobDefinition['status'][] = ['ACTIVE'],
): JobDefinition => {
  const { name, suffix: revision } = splitName(nameOf('job-definition', reference));
  const active = (state.definitions.get(name) ?? []).filter(({ status }) => statuses.includes(status));
  const definition =
    revision === undefined ? active.at(-1) : active.find((entry) => String(entry.revision) === revision);
  if (definition === undefined) {
    throw clientError(`job definition '${reference}' does not exist or is not in ACTIVE status`);
  }
  return definition;
};

/** By id; the id of an array child is that of its parent, a colon and its index. */
export const findJob = (state: BatchState, id: string): Job | undefined => {
  const { name, suffix: index } = splitName(id);
  const job = state.jobs.get(name);
  if (index === undefined) return job;
  return /^\d+$/.test(index) ? job?.array?.children[Number(index)] : undefined;
};
