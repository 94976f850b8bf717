import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';

/** As whom EventBridge submits a job, and what happens when it cannot. */
export interface DeliveryOptions {
  /**
   * Role that submits the job.
   *
   * @default - a role of its own that may submit this job to this queue
   */
  readonly role?: iam.IRole;

  /**
   * Queue for what could not be submitted; one that is defined elsewhere has to let EventBridge in by itself.
   *
   * @default - a queue of its own, which keeps it for 14 days, encrypted with the key of the job queue if it has one
   */
  readonly deadLetterQueue?: sqs.IQueue;

  /**
   * How often EventBridge tries again, 0 to 185 times.
   *
   * @default 185
   */
  readonly retryAttempts?: number;

  /**
   * How long EventBridge tries, from one minute to one day.
   *
   * @default Duration.days(1)
   */
  readonly maxEventAge?: Duration;
}
