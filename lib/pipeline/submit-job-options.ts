import type { Duration } from 'aws-cdk-lib';
import type { SubmissionOptions } from '../submission/submission-options';

/**
 * How a state machine submits a job. Each text may be a JSONata expression, `{% ... %}`.
 */
export interface SubmitJobOptions extends SubmissionOptions {
  /**
   * How long the job may take, from submission to the end of its last attempt, the time that it waits included. After
   * that it is terminated. At least the time of one attempt.
   *
   * @default - one day, or seven days for an array job, whose children wait for each other; on top of what one attempt may
   * take
   */
  readonly timeout?: Duration;
}
