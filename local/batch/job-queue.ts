import type { ComputeEnvironment } from './compute-environment';
import type { Job, JobStatus } from './job';
import type { KeptResource } from './kept-resource';
import type { ShareUse } from './share-use';
import type { WaitingJobs } from './waiting-jobs';

/** What to do with a job that waits at the head of its queue for too long. */
export interface TimeLimit {
  readonly reason: string;
  readonly state: 'RUNNABLE';
  readonly maxTimeSeconds: number;
  readonly action: 'CANCEL' | 'TERMINATE';
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
  /** Of a queue for training jobs of SageMaker, which has no compute environments and runs nothing here. */
  serviceEnvironments: readonly { readonly order: number; readonly serviceEnvironment: string }[];
  schedulingPolicy?: KeptResource;
  readonly useByShare: Map<string, ShareUse>;
  timeLimits: readonly TimeLimit[];
  tags: Readonly<Record<string, string>>;
  /** Jobs that wait for capacity. */
  readonly runnable: WaitingJobs;
  /** Jobs without array children, by status. */
  readonly jobs: ReadonlyMap<JobStatus, Set<Job>>;
}
