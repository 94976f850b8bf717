import type { IBatchJob } from '../job/batch-job-interface';
import type { ArraySize } from './array-size';
import type { SubmitJobOptions } from './submit-job-options';

/** Which job a state machine submits, and how. Each text may be a JSONata expression, `{% ... %}`. */
export interface SubmitJobTaskProps extends SubmitJobOptions {
  /** Job to submit: the latest active revision of its definition. */
  readonly job: IBatchJob;

  /**
   * Name of the job: up to 128 letters, digits, hyphens and underscores, starting with a letter or digit.
   *
   * @default - the name of the state and that of the execution
   */
  readonly jobName?: string;

  /**
   * Number of children, which makes the job an array job.
   *
   * @default - a job without children
   */
  readonly arraySize?: ArraySize;

  /**
   * JSONata expression that yields more environment variables, as a list of objects with `Name` and `Value`.
   *
   * @default - only those of `environment`
   */
  readonly environmentExpression?: string;

  /**
   * Output of the state, as a JSONata expression over `$states.result`.
   *
   * @default - the description of the finished job, as DescribeJobs gives it
   */
  readonly output?: string;
}
