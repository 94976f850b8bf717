import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { JobProps } from './job-props';
import type { JobSize } from './job-size';

/** What runs in a job, and where. */
export interface BatchJobProps extends JobProps {
  /** Image of the container. Its architecture must be that of the queue's compute environments. */
  readonly image: ecs.ContainerImage;

  /**
   * What the container executes. `Ref::name` stands for the parameter `name`.
   *
   * @default - what the image executes
   */
  readonly command?: string[];

  /**
   * What one job gets.
   *
   * @default - 1 vCPU and 2 GiB of memory
   */
  readonly size?: JobSize;

  /**
   * Environment variables with plain values. Names must not start with `AWS_BATCH`.
   *
   * @default - only the variables that AWS Batch and the submission set
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables with values from Secrets Manager or the Systems Manager Parameter Store.
   *
   * ECS reads them when the container starts, as the execution role; the job role gets no access to them.
   *
   * @default - no secrets
   */
  readonly secrets?: Record<string, batch.Secret>;

  /**
   * Buckets that the code may read and list, with the keys that decrypt them.
   *
   * @default - the code may not read any bucket
   */
  readonly reads?: s3.IBucket[];

  /**
   * Buckets that the code may write to, with the keys that encrypt them. Reading and deleting are not part of it.
   *
   * @default - the code may not write to any bucket
   */
  readonly writes?: s3.IBucket[];

  /**
   * Role of the code in the container.
   *
   * @default - a role of its own that may do what `reads` and `writes` say, and what is granted to it
   */
  readonly jobRole?: iam.IRole;

  /**
   * Role with which ECS pulls the image, reads the secrets and writes the log.
   *
   * @default - a role of its own that may do just that
   */
  readonly executionRole?: iam.IRole;

  /**
   * Key that encrypts the log.
   *
   * @default - the key of the queue or, if it has none, a key that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the log is kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * User and group that the container runs as, `user`, `user:group`, by name or number.
   *
   * @default '1000:1000' - not root, whatever the image says
   */
  readonly user?: string;

  /**
   * Whether the container may not write to its own file system, `/tmp` included.
   *
   * @default false - most images write to `/tmp`; what they write is gone with the container
   */
  readonly readonlyRootFilesystem?: boolean;
}
