import type { ItemSource } from './items';

/** Environment variables of the plan function. */
export const PLAN_ENV = {
  /** Bucket that items and results are written to. */
  bucket: 'DATA_BUCKET',
  /** Where items and events may come from, as JSON of {@link KeyPrefix}[]. */
  sources: 'ITEM_SOURCES',
  /** Table of pipeline results. */
  table: 'RESULTS_TABLE',
} as const;

/** Environment variables of the collect function. */
export const COLLECT_ENV = {
  /** Bucket that results are written to. */
  bucket: 'DATA_BUCKET',
  /** Table of pipeline results. */
  table: 'RESULTS_TABLE',
} as const;

/** How a trigger turns the object of an S3 event into items. */
export type TriggerItems =
  /** The object itself is the only item, as `{"bucket", "key", "versionId"}`; a folder (`key/`) is none. */
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

/** What the plan function answers, or throws a `RefusalName`; small enough to travel through the state machine. */
export interface Plan {
  readonly submissionId: string;
  /** Number of items. Without any (0) there is nothing to run: collect at once, unless it is a duplicate. */
  readonly count: number;
  /** True when another execution has already taken this very object version: nothing is left to do, not even collect. */
  readonly duplicate: boolean;
  /** Variables for the container overrides, named as Step Functions wants them; none when there is nothing to run. */
  readonly environment: readonly { readonly Name: string; readonly Value: string }[];
  readonly results: { readonly bucket: string; readonly prefix: string };
}

/** Most characters of the name of a pipeline, which is a key of the table, or of an execution. */
export const MAX_NAME_CHARACTERS = 512;

/** Largest result file, in bytes, whose content goes into the record. */
export const MAX_RESULT_BYTES = 262_144;

/**
 * The record of one pipeline submission in the results table. Partition key `pipeline`, sort key `submissionId`; strings
 * and numbers only. The plan function creates it, the collect function ends it, whatever the outcome.
 */
export interface ResultRecord {
  readonly pipeline: string;
  readonly submissionId: string;
  readonly execution: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  /** Milliseconds since 1970; absent when the plan function could not even start. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Number of items; absent until they have been read. */
  readonly count?: number;
  /** Number of objects below the results prefix. */
  readonly outputs?: number;
  /** S3 URI of the results prefix. */
  readonly resultsUri?: string;
  /** S3 URI of the result file, when a job wrote one. */
  readonly resultFileUri?: string;
  /** Content of the result file as JSON text, when it is JSON and not too large. */
  readonly result?: string;
  /** Name of the error that ended it. */
  readonly error?: string;
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
  readonly resultFileUri?: string;
  readonly error?: string;
  readonly cause?: string;
}
