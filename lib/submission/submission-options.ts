import type { Duration } from 'aws-cdk-lib';
import type { ConsumableResourceRequirement } from '../job/job-props';
import type { JobRetry } from '../job/retry/job-retry';
import type { IJobQueue } from '../queue/job-queue-interface';
import type { ContainerOverride, ContainerOverrideOptions } from './container-override';
import type { NodeOverride } from './node-override';
import type { PodOverride } from './pod-override';

/**
 * How a job is submitted: what differs from its job definition this time.
 *
 * `command` and `size` are those of the only container; `environment` goes to all containers of the job.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html
 */
export interface SubmissionOptions extends ContainerOverrideOptions {
  /**
   * Queue that the job waits in.
   *
   * @default - the queue of the job
   */
  readonly queue?: IJobQueue;

  /**
   * Values of the `Ref::` placeholders in the command.
   *
   * @default - the default values of the job
   */
  readonly parameters?: Record<string, string>;

  /**
   * Containers by name, where the job has several.
   *
   * @default - as the job definition says
   */
  readonly containers?: ContainerOverride[];

  /**
   * Pod of a job on Amazon EKS, beside its containers.
   *
   * @default - as the job definition says
   */
  readonly pod?: PodOverride;

  /**
   * Nodes of a multi-node parallel job.
   *
   * @default - as the job definition says
   */
  readonly nodes?: NodeOverride;

  /**
   * Whose share of a queue with a scheduling policy the job uses. Such a queue needs one, others refuse it.
   *
   * @default - the share identifier of the job, where the queue needs one
   */
  readonly shareIdentifier?: string;

  /**
   * Rank among the jobs with the same share identifier, 0 to 9999, higher first.
   *
   * @default - the scheduling priority of the job
   */
  readonly schedulingPriority?: number;

  /**
   * What happens when an attempt fails.
   *
   * @default - the retry strategy of the job
   */
  readonly retry?: JobRetry;

  /**
   * How long one attempt may run before it is stopped, at least one minute.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   * @default - the time-out of the job
   */
  readonly attemptTimeout?: Duration;

  /**
   * What the job takes of resources that are counted.
   *
   * @default - as the job definition says
   */
  readonly consumableResources?: ConsumableResourceRequirement[];

  /**
   * Tags of the job, on top of its `submissionTags`, at most 50 together with those of the job definition. They go to its
   * ECS task as well.
   *
   * @default - the `submissionTags` of the job
   */
  readonly tags?: Record<string, string>;

  /**
   * Whether the ECS task of the job gets the tags of the job and of its definition. Not for pods.
   *
   * @default - as the job definition says; true with tags
   */
  readonly propagateTags?: boolean;
}
