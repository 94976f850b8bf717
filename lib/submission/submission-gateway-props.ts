import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IJobQueue } from '../queue/job-queue-interface';

/** Where a gateway keeps items, and which queues callers may choose. */
export interface SubmissionGatewayProps {
  /** Bucket for items and results, below `submissions/`. Prefixes and manifests in it may be given as items. */
  readonly bucket: s3.IBucket;

  /**
   * More buckets that prefixes and manifests may be in. The gateway may read all of them; it refuses items in any other
   * bucket, whatever its role may read.
   *
   * @default - items come from `bucket` only
   */
  readonly sources?: s3.IBucket[];

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
