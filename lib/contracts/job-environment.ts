/**
 * The variables that a container started by this platform may rely on, beside those of AWS Batch itself
 * (`AWS_BATCH_JOB_ID`, `AWS_BATCH_JOB_ARRAY_INDEX`, `AWS_BATCH_JOB_ATTEMPT`, ...).
 *
 * The items of a submission are one object of fixed-width lines. The item of a child is the byte range that starts at
 * `AWS_BATCH_JOB_ARRAY_INDEX` (0 when unset) times `ITEM_BYTES` and is `ITEM_BYTES` long: one read, whatever the size.
 */
export const JOB_ENVIRONMENT = {
  /** Identifies the submission; the same for all jobs that one request or pipeline execution starts. */
  submissionId: 'BATCH_PLATFORM_SUBMISSION_ID',
  /** Bucket of the items object. */
  itemsBucket: 'BATCH_PLATFORM_ITEMS_BUCKET',
  /** Key of the items object. */
  itemsKey: 'BATCH_PLATFORM_ITEMS_KEY',
  /** Number of items in the items object. */
  itemCount: 'BATCH_PLATFORM_ITEM_COUNT',
  /** Length in bytes of one line of the items object, line break included. */
  itemBytes: 'BATCH_PLATFORM_ITEM_BYTES',
  /** Bucket that results are written to. */
  resultsBucket: 'BATCH_PLATFORM_RESULTS_BUCKET',
  /** Key prefix that results are written under; ends with a slash. */
  resultsPrefix: 'BATCH_PLATFORM_RESULTS_PREFIX',
} as const;
