import type { Container, Needs } from './container';
import type { Share } from './fair-share';
import type { Holding } from './holdings';
import type { JobDefinition, JobTimeout } from './job-definition';
import type { JobQueue } from './job-queue';
import type { Exit, RetryStrategy } from './retry';

export const JOB_STATUSES = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export interface JobDependency {
  readonly jobId?: string;
  readonly type?: 'N_TO_N' | 'SEQUENTIAL';
}

/** What was submitted. An array parent and its children share one. */
export interface Submission {
  readonly jobName: string;
  readonly queue: JobQueue;
  readonly definition: JobDefinition;
  /** Of the task of the job: those of the definition after all overrides. */
  readonly containers: readonly Container[];
  readonly share?: Share;
  readonly holdings: readonly Holding[];
  readonly needs: Needs;
  readonly parameters: Readonly<Record<string, string>>;
  readonly retryStrategy: RetryStrategy;
  readonly timeout?: JobTimeout;
  readonly dependsOn: readonly JobDependency[];
  readonly propagateTags: boolean;
  /** Why AWS accepts such a job and then fails it. */
  readonly flaw?: string;
}

/** How a container of an attempt fares. */
export interface AttemptContainer {
  readonly name: string;
  readonly logStreamName?: string;
  readonly reason?: string;
  readonly exitCode?: number;
}

export interface Attempt extends Exit {
  readonly taskId: string;
  readonly startedAt?: number;
  readonly stoppedAt: number;
  readonly containers: readonly AttemptContainer[];
}

/** A wish to end a job early. */
export interface Stop {
  readonly kind: 'cancel' | 'terminate';
  readonly reason: string;
  /** Does not wait for what the job depends on. */
  readonly atOnce?: boolean;
}

/** The attempt that is under way. */
export interface CurrentAttempt {
  readonly taskId: string;
  readonly containers: readonly AttemptContainer[];
  /** Ends it politely at first; the reason becomes the job's. */
  stop(statusReason: string): void;
  /** Ends it at once. */
  kill(): void;
}

/** What an array parent knows of its children. */
export interface JobArray {
  readonly size: number;
  readonly children: readonly Job[];
  readonly counts: Record<JobStatus, number>;
  updatedAt: number;
  /** Why the array fails as a whole. */
  failure?: string;
  /** Each child waits for the one before. */
  readonly sequential: boolean;
  /** Arrays of which each child waits for the child of the same index here. */
  readonly followers: JobArray[];
}

export interface Job {
  readonly sequence: number;
  readonly id: string;
  readonly arn: string;
  readonly submission: Submission;
  readonly createdAt: number;
  /** Of a parent. */
  readonly array?: JobArray;
  /** Of a child. */
  readonly place?: { readonly parent: Job; readonly array: JobArray; readonly index: number };
  tags: Readonly<Record<string, string>>;
  status: JobStatus;
  statusReason?: string;
  /** When it last began to wait for capacity. */
  runnableAt?: number;
  startedAt?: number;
  stoppedAt?: number;
  readonly attempts: Attempt[];
  current?: CurrentAttempt;
  stop?: Stop;
  /** Number of jobs that must succeed before this one may run. */
  waits: number;
  /** Jobs that wait for this one. */
  readonly dependents: Job[];
}

export const hasEnded = (job: Job): boolean => job.status === 'SUCCEEDED' || job.status === 'FAILED';
