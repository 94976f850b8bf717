import type { ItemSource } from './items';

/** Environment variables of the submission function. */
export const SUBMIT_ENV = {
  /** Bucket that items are written to. */
  bucket: 'DATA_BUCKET',
  /** Where items may come from, as JSON of {@link KeyPrefix}[]. */
  sources: 'ITEM_SOURCES',
  /** What may be submitted, as JSON of {@link SubmissionTargets}. */
  targets: 'SUBMISSION_TARGETS',
  /** Table that counts what teams submit; not set when no team has a quota. */
  quotas: 'QUOTA_TABLE',
} as const;

/** What the submission function may submit, and where to. */
export interface SubmissionTargets {
  /** Job name to what it submits. */
  readonly jobs: Readonly<Record<string, SubmissionTarget>>;
  /** Queue name to what is known of it: those that callers may name, and those that jobs wait in. */
  readonly queues: Readonly<Record<string, QueueTarget>>;
  /** Name of the alias that a team calls to whose jobs it submits. */
  readonly teams?: Readonly<Record<string, TeamTarget>>;
}

/** A job queue that jobs are submitted to. */
export interface QueueTarget {
  readonly arn: string;
  /** Whether it has a scheduling policy. */
  readonly shared?: boolean;
  /** What its jobs run on; EC2 when absent. */
  readonly platform?: string;
  /** Whether only jobs that are made for it wait in it: callers may not name it. */
  readonly own?: boolean;
}

/** A team that calls by an alias of its own. */
export interface TeamTarget {
  /** Names of the queues that its jobs wait in; any when absent. */
  readonly queues?: readonly string[];
  /** Share identifier of its jobs, where the queue has a scheduling policy. */
  readonly shareIdentifier: string;
  /** Tags of its jobs, instead of equally named ones of the job. */
  readonly tags: Readonly<Record<string, string>>;
  /** What it may submit; anything when absent. */
  readonly quota?: QuotaTarget;
}

/** Most jobs in a window of time, children of array jobs counted each. */
export interface QuotaTarget {
  readonly jobs: number;
  /** Windows begin with the day or the hour in UTC. */
  readonly per: QuotaPeriod;
}

/** Attributes of the table that counts what teams submit. */
export const QUOTA_KEYS = { team: 'team', window: 'window', used: 'used', expiry: 'expiresAt' } as const;

/** How long jobs are counted together. */
export type QuotaPeriod = 'day' | 'hour';

/** A job that may be submitted. */
export interface SubmissionTarget {
  readonly jobDefinition: string;
  /** Name of its own job queue. */
  readonly queue: string;
  /** Whose share it uses unless the caller says otherwise. */
  readonly shareIdentifier?: string;
  /** Tags of each submission of it; none when absent. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where its environment goes; the container overrides when absent, as for a job of one container. */
  readonly overrides?: readonly OverrideTarget[];
}

/** Containers that run together, and where SubmitJob takes their environment. */
export interface OverrideTarget {
  readonly place: 'container' | 'task' | 'pod';
  /** Their names; none in a `container`. */
  readonly containers: readonly string[];
  /** Range of nodes, in a multi-node parallel job. */
  readonly targetNodes?: string;
}

/** What a caller asks for. */
export interface SubmissionRequest {
  /** Name under which the job was added to the gateway. */
  readonly job: string;
  /** Name of a job queue of the platform; the job's own queue when absent. */
  readonly queue?: string;
  /** The items to work on; a single job without items when absent. */
  readonly items?: ItemSource;
  /** Values for the `Ref::` placeholders of the command. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Environment variables added to those of the job definition. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whose share of a queue with a scheduling policy the job uses; the share identifier of the job when absent. */
  readonly shareIdentifier?: string;
  /**
   * Makes the request safe to repeat: the same key and job name the same submission, whose job is returned instead of
   * submitting another one, whatever became of it. Holds as long as AWS Batch remembers the job (7 days after its end).
   * All callers of a gateway share the keys; those of a team are its own.
   */
  readonly idempotencyKey?: string;
}

/** What the caller gets back. */
export interface SubmissionReceipt {
  readonly submissionId: string;
  /** Number of items; 1 for a request without items. */
  readonly count: number;
  /** Absent when there was nothing to do (no items). */
  readonly jobId?: string;
  readonly jobName?: string;
  /** True when the idempotency key was used before: the job is the earlier one, nothing was submitted now. */
  readonly duplicate: boolean;
  /** Where the jobs write their results. */
  readonly results: { readonly bucket: string; readonly prefix: string };
}

/** Longest container overrides as JSON that ECS takes; AWS Batch accepts longer ones and then fails the job. */
export const MAX_OVERRIDES_CHARACTERS = 8_192;

/** Largest SubmitJob request in bytes (https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html). */
export const MAX_SUBMIT_BYTES = 30_720;
