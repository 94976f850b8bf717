import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import type { JobQueueGrants } from './job-queue-grants';
import type { JobQueueMetrics } from './job-queue-metrics';

/** A job queue, defined here or imported. */
export interface IJobQueue extends batch.IJobQueueRef {
  /**
   * ARN of the job queue.
   *
   * @attribute
   */
  readonly jobQueueArn: string;

  /** What jobs of this queue run on. */
  readonly platformCapability: PlatformCapability;

  /**
   * Key that encrypts what the jobs of this queue leave behind, such as their logs.
   *
   * @default - what jobs leave behind is encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Compute environments that jobs of this queue may run in, as far as they are known.
   *
   * @default - not known: jobs are not compared with what they offer
   */
  readonly computeEnvironments?: IComputeEnvironment[];

  /**
   * Scheduling policy of this queue: with one, each job has to name a share identifier.
   *
   * @default - none, or not known: jobs are served in the order of their submission
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /** Permissions on this queue. */
  readonly grants: JobQueueGrants;

  /** What AWS Batch tells CloudWatch of this queue. */
  readonly metrics: JobQueueMetrics;
}
