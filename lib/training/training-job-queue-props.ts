import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IServiceEnvironment } from './service-environment';
import type { TrainingTimeLimits } from './training-time-limits';

/** How training jobs wait, and for what. */
export interface TrainingJobQueueProps {
  /** Where jobs run. It may have other queues, unless this one has quota shares. */
  readonly serviceEnvironment: IServiceEnvironment;

  /**
   * Which queue is served first when several wait for the same service environment, from 0 to 1000; higher is first.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * Divides the capacity between shares of the jobs: a `FairShareSchedulingPolicy` or a `QuotaShareSchedulingPolicy`. Each
   * job names its share then.
   *
   * Decide when you define the queue: AWS Batch neither adds a policy to a queue without one nor takes it away.
   *
   * @default - none: jobs are served in the order of their submission
   */
  readonly schedulingPolicy?: batch.ISchedulingPolicyRef;

  /**
   * How long a job that cannot be placed may block the jobs behind it, before it is terminated.
   *
   * @default TrainingTimeLimits.of() - 24 hours without capacity, 1 hour when nothing here can ever hold the job
   */
  readonly timeLimits?: TrainingTimeLimits;

  /**
   * Whether the queue accepts jobs. Those that are in it already run to their end in any case.
   *
   * @default true
   */
  readonly enabled?: boolean;

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
