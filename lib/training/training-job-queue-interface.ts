import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IServiceEnvironment } from './service-environment';
import type { TrainingJobQueueGrants } from './training-job-queue-grants';

/** A queue of training jobs, defined here or imported. */
export interface ITrainingJobQueue extends batch.IJobQueueRef {
  /**
   * ARN of the job queue.
   *
   * @attribute
   */
  readonly jobQueueArn: string;

  /**
   * Where jobs of this queue run.
   *
   * @default - not known: quota shares are not compared with it
   */
  readonly serviceEnvironment?: IServiceEnvironment;

  /**
   * Scheduling policy of this queue: with one, each job has to name a share.
   *
   * @default - none, or not known
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /** Permissions on this queue. */
  readonly grants: TrainingJobQueueGrants;
}
