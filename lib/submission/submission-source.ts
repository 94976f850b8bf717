import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Where the items of a request may be. */
export interface SubmissionSource {
  /** Bucket with the items. */
  readonly bucket: s3.IBucket;

  /**
   * Beginning of the keys, such as `scenes/`; an empty text is the whole bucket. Who may submit learns the keys below it, and
   * what manifests below it say.
   */
  readonly prefix: string;
}
