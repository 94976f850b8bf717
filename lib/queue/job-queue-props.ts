import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IComputeEnvironment, PlatformCapability } from '../compute/compute-environment';
import type { JobStateTimeLimits } from './job-state-time-limits';

/** How jobs wait, and for what. */
export interface JobQueueProps {
  /**
   * Where jobs run, most preferred first; 1 to 3, all of one kind and with one processor architecture.
   *
   * Those of aws-cdk-lib and of other libraries are welcome: tell their `platformCapability`.
   */
  readonly computeEnvironments: batch.IComputeEnvironmentRef[];

  /**
   * Which queue is served first when several wait for the same compute environment, from 0 to 1000; higher is first.
   *
   * It means nothing between queues that share no compute environment.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * Divides the compute between shares of the jobs, so that nobody waits for all jobs of another: each job names its
   * share then, and jobs that name none are refused.
   *
   * Decide when you define the queue: AWS Batch neither adds a policy to a queue without one nor takes it away; it only
   * puts another in its place.
   *
   * @default - none: jobs are served in the order of their submission
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /**
   * How long a job that AWS Batch cannot place may block the jobs behind it, before it is cancelled.
   *
   * @default JobStateTimeLimits.of() - 24 hours without capacity, 1 hour when nothing here can ever hold the job
   */
  readonly timeLimits?: JobStateTimeLimits;

  /**
   * Whether the queue accepts jobs. Those that are in it already run to their end in any case.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * What jobs of this queue run on.
   *
   * @default - as the compute environments say; needed only when none of them is of this library
   */
  readonly platformCapability?: PlatformCapability;

  /**
   * Key that encrypts what the jobs of this queue leave behind, such as their logs.
   *
   * @default - what jobs leave behind is encrypted with keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Name of the queue: up to 128 letters, digits, hyphens and underscores.
   *
   * With a name, a change of `tags` fails, for it replaces the queue and the name is taken.
   *
   * @default - a name made by CloudFormation
   */
  readonly jobQueueName?: string;

  /**
   * Tags of the queue. A change of them replaces the queue: jobs that are in the old one are terminated.
   *
   * `Tags.of()` does not get here, for the same reason.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}

/** What is known of a job queue that is defined elsewhere. */
export interface JobQueueAttributes {
  /** ARN of the job queue. */
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
   * Compute environments that jobs of the queue may run in.
   *
   * @default - not known: jobs are not compared with what they offer
   */
  readonly computeEnvironments?: IComputeEnvironment[];

  /**
   * Scheduling policy of the queue.
   *
   * @default - none: jobs name no share identifier
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;
}
