import type { IJobQueue } from '../queue/job-queue-interface';
import type { ContainerOverrideOptions } from './container-override';

/**
 * How an event submits a job. Values may be taken from the event. What is not here cannot be said by events: share
 * identifier, time-out, tags, several containers or nodes.
 */
export interface EventSubmissionOptions extends ContainerOverrideOptions {
  /**
   * Queue that the job waits in, without a scheduling policy.
   *
   * @default - the queue of the job
   */
  readonly queue?: IJobQueue;

  /**
   * Name of the job: up to 128 letters, digits, hyphens and underscores, starting with a letter or digit.
   *
   * @default - the id of the job
   */
  readonly jobName?: string;

  /**
   * Number of children, from 2 to 10,000, which makes the job an array job.
   *
   * @default - a job without children
   */
  readonly arraySize?: number;

  /**
   * How often the job may start in all, 1 to 10, whatever the reason of a failure.
   *
   * @default - the retry strategy of the job
   */
  readonly attempts?: number;

  /**
   * Values of the `Ref::` placeholders in the command.
   *
   * @default - the default values of the job
   */
  readonly parameters?: Record<string, string>;
}
