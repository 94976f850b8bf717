import type { SubmitJobOptions } from './submit-job-options';

/** How a step submits its job. */
export interface JobStepOptions extends SubmitJobOptions {
  /**
   * Name of the step, different from those of the other steps.
   *
   * @default - the id of the job
   */
  readonly name?: string;
}

/** How a step calls its function. */
export interface FunctionStepOptions {
  /**
   * Name of the step, different from those of the other steps.
   *
   * @default - the id of the function
   */
  readonly name?: string;
}
