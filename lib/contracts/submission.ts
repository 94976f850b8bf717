import type { ItemSource } from './items';

/** Environment variables of the submission function. */
export const SUBMIT_ENV = {
  /** Bucket that items are written to. */
  bucket: 'DATA_BUCKET',
  /** What may be submitted, as JSON of {@link SubmissionTargets}. */
  targets: 'SUBMISSION_TARGETS',
} as const;

/** What the submission function may submit, and where to. */
export interface SubmissionTargets {
  /** Job name to what it submits. */
  readonly jobs: Readonly<Record<string, { readonly jobDefinition: string; readonly queue: string }>>;
  /** Queue name to job queue ARN. */
  readonly queues: Readonly<Record<string, string>>;
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
}

/** What the caller gets back. */
export interface SubmissionReceipt {
  readonly submissionId: string;
  /** Number of items; 1 for a request without items. */
  readonly count: number;
  /** Absent when there was nothing to do (no items). */
  readonly jobId?: string;
  readonly jobName?: string;
  /** Where the jobs write their results. */
  readonly results: { readonly bucket: string; readonly prefix: string };
}
