import type { Duration } from 'aws-cdk-lib';
import type { IJobQueue } from '../queue/job-queue-interface';

/**
 * How a state machine submits a job. Each text may be a JSONata expression, `{% ... %}`.
 */
export interface SubmitJobOptions {
  /**
   * Queue that the job waits in.
   *
   * @default - the queue of the job
   */
  readonly queue?: IJobQueue;

  /**
   * What the container executes.
   *
   * @default - the command of the job
   */
  readonly command?: string[];

  /**
   * Values of the `Ref::` placeholders in the command.
   *
   * @default - the default values of the job
   */
  readonly parameters?: Record<string, string>;

  /**
   * Environment variables, beside those of the job and instead of those with the same name.
   *
   * Names must not start with `AWS_BATCH`; deploy-time values must not contain double quotes.
   *
   * @default - the variables of the job
   */
  readonly environment?: Record<string, string>;

  /**
   * Whose share of a queue with a fair-share scheduling policy the job uses. Such a queue needs one, others refuse it.
   *
   * @default - the job belongs to no share
   */
  readonly shareIdentifier?: string;

  /**
   * Rank among the jobs with the same share identifier, 0 to 9999, higher first.
   *
   * @default - the scheduling priority of the job
   */
  readonly schedulingPriority?: number;

  /**
   * Tags of the job; they go to its ECS task as well.
   *
   * @default - the tags of the job definition
   */
  readonly tags?: Record<string, string>;

  /**
   * How long the job may take, from submission to the end of its last attempt, the time that it waits included. After
   * that it is terminated. At least the time of one attempt.
   *
   * @default - one day, or seven days for an array job, whose children wait for each other; on top of what one attempt may
   * take
   */
  readonly timeout?: Duration;
}
