/**
 * Names of the errors that handlers throw for what a caller or an operator has to put right: trying again does not help.
 * A state machine catches them by these names; the message says what to do.
 */
export type RefusalName =
  /** A request with a missing, unknown or malformed field. */
  | 'InvalidRequest'
  /** The job was not added to the gateway. */
  | 'UnknownJob'
  /** The job queue was not added to the gateway. */
  | 'UnknownQueue'
  /** Called by an alias that the gateway gave to no team. */
  | 'UnknownTeam'
  /** More jobs than the team may submit until its quota starts anew. */
  | 'QuotaExceeded'
  /** A bucket that items may not come from, or results not be in. */
  | 'UnknownBucket'
  /** A key that items may not be at. */
  | 'UnknownKey'
  /** A manifest with a line that is not an item. */
  | 'InvalidManifest'
  /** No object at the location of the manifest. */
  | 'MissingManifest'
  /** More items than an array job has children. */
  | 'TooManyItems'
  /** Container overrides or a whole request beyond what AWS Batch takes. */
  | 'RequestTooLarge'
  | 'MissingBucket'
  | 'AccessDenied'
  /** AWS Batch refuses the job, as the message says. */
  | 'SubmissionRefused'
  /** Another execution has taken the submission over. */
  | 'SupersededSubmission';
