import type { ComputeEnvironment } from './compute-environment';
import type { Heap } from './heap';
import type { Job, JobStatus } from './job';

/** What to do with a job that waits at the head of its queue for too long. */
export interface TimeLimit {
  readonly reason: string;
  readonly state: 'RUNNABLE';
  readonly maxTimeSeconds: number;
  readonly action: 'CANCEL';
}

export interface JobQueue {
  readonly sequence: number;
  readonly name: string;
  readonly arn: string;
  state: 'ENABLED' | 'DISABLED';
  status: 'VALID' | 'DELETING';
  priority: number;
  /** Most preferred first. */
  environments: readonly ComputeEnvironment[];
  /** The same, as requested: environments and their order numbers. */
  environmentOrder: readonly { readonly order: number; readonly computeEnvironment: string }[];
  timeLimits: readonly TimeLimit[];
  tags: Readonly<Record<string, string>>;
  /** Jobs that wait for capacity, next one on top. Cancelled ones are dropped when they get there. */
  readonly runnable: Heap<Job>;
  /** Jobs without array children, by status. */
  readonly jobs: ReadonlyMap<JobStatus, Set<Job>>;
}
