import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { FargateOptions } from './fargate-options';

/** What all containers of a job have in common: who they are, what they may do, and where they write their log. */
export interface TaskOptions {
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
   * Whether `aws ecs execute-command` opens a shell in the running containers, for those who may call it.
   *
   * The job role gets the four permissions on channels of Session Manager that it needs, which take no narrower resource.
   * The ECS cluster belongs to AWS Batch, so sessions are logged and encrypted as the account's Session Manager says.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}

/** What jobs of one ECS task have in common. */
export interface SingleTaskOptions extends TaskOptions {
  /**
   * What only Fargate asks for.
   *
   * @default - x86-64 Linux with 20 GiB of disk, with a public address in public subnets only; nothing on other platforms
   */
  readonly fargate?: FargateOptions;
}
