import type { ItemSource } from './items';

/** Environment variables of the plan function. */
export const PLAN_ENV = {
  /** Bucket that items and results are written to. */
  bucket: 'DATA_BUCKET',
  /** Table of pipeline results. */
  table: 'RESULTS_TABLE',
} as const;

/** Environment variables of the collect function. */
export const COLLECT_ENV = {
  /** Table of pipeline results. */
  table: 'RESULTS_TABLE',
} as const;

/** How a trigger turns the object of an S3 event into items. */
export type TriggerItems =
  /** The object itself is the only item, as `{"bucket", "key", "versionId"}`. */
  | 'object'
  /** Each line of the object is an item. */
  | 'manifest';

/** The part of EventBridge's `Object Created` event that a plan reads. */
export interface ObjectCreatedEvent {
  readonly detail: {
    readonly bucket: { readonly name: string };
    readonly object: { readonly key: string; readonly 'version-id'?: string; readonly sequencer?: string };
  };
}

/** What the state machine hands to the plan function. */
export interface PlanRequest {
  readonly pipeline: string;
  /** ARN of the execution: the same execution may plan again, another one may not plan the same input twice. */
  readonly execution: string;
  readonly triggerItems: TriggerItems;
  /** An event of S3, or items given by the person that starts the execution. */
  readonly input: ObjectCreatedEvent | { readonly items: ItemSource };
}

/** What the plan function answers; small enough to travel through the state machine. */
export interface Plan {
  readonly submissionId: string;
  /** Number of items; 0 means that there is nothing to do. */
  readonly count: number;
  /** True when another execution has already taken this very object version. */
  readonly duplicate: boolean;
  /** Variables for the container overrides, named as Step Functions wants them. */
  readonly environment: readonly { readonly Name: string; readonly Value: string }[];
  readonly results: { readonly bucket: string; readonly prefix: string };
}

/** What the state machine hands to the collect function. */
export interface CollectRequest {
  readonly pipeline: string;
  readonly execution: string;
  readonly plan: Plan;
}

/** The record of one pipeline submission in the results table. Partition key `pipeline`, sort key `submissionId`. */
export interface ResultRecord {
  readonly pipeline: string;
  readonly submissionId: string;
  readonly execution: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Number of objects below the results prefix. */
  readonly outputs?: number;
  /** S3 URI of the results prefix. */
  readonly resultsUri?: string;
  /** Content of the result file, when a job wrote one of at most 256 KiB. */
  readonly result?: unknown;
  /** Why it failed. */
  readonly cause?: string;
}

/** What is published to the topic, and what the execution returns. */
export interface PipelineNotification {
  readonly pipeline: string;
  readonly submissionId: string;
  readonly execution: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly count?: number;
  readonly outputs?: number;
  readonly resultsUri?: string;
  readonly error?: string;
  readonly cause?: string;
}
