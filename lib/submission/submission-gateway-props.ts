import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { SubmissionSource } from './submission-source';

/** Where a gateway keeps items, and which queues callers may choose. */
export interface SubmissionGatewayProps {
  /** Bucket that items and results are kept in, below `submissions/`. */
  readonly bucket: s3.IBucket;

  /**
   * Where prefixes and manifests of requests may be, in this bucket and in others. The gateway may read nothing else.
   *
   * @default - nowhere: requests list their items
   */
  readonly sources?: SubmissionSource[];

  /**
   * Queues that callers may choose by name. A queue fits jobs for the same platform, EC2 or Fargate.
   *
   * @default - each job goes to its own queue
   */
  readonly queues?: Record<string, IJobQueue>;

  /**
   * Key that encrypts the log and the environment of the function, and its dead-letter queue.
   *
   * @default - the key of the bucket or, if it has none, keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;
}
