import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IBatchJob } from '../job/batch-job-interface';
import type { ArraySize } from '../submission/array-size';
import type { JobDependency } from '../submission/job-dependency';
import type { SubmitJobOptions } from './submit-job-options';

/** Which job a state machine submits, and how. Each text may be a JSONata expression, `{% ... %}`. */
export interface SubmitJobTaskProps extends SubmitJobOptions {
  /** Job to submit: the latest active revision of its definition. */
  readonly job: IBatchJob;

  /**
   * Whether the state waits for the end of the job (`RUN_JOB`) or goes on once it is submitted (`REQUEST_RESPONSE`),
   * with `JobId`, `JobName` and `JobArn` as its output.
   *
   * @default sfn.IntegrationPattern.RUN_JOB
   */
  readonly integrationPattern?: sfn.IntegrationPattern;

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
   * What the job waits for before it starts, at most 20 jobs. AWS Batch waits, not the state machine.
   *
   * @default - nothing
   */
  readonly dependsOn?: JobDependency[];

  /**
   * JSONata expression that yields more environment variables, as a list of objects with `Name` and `Value`.
   *
   * @default - only those of `environment`
   */
  readonly environmentExpression?: string;

  /**
   * JSONata expression that yields what the only container gets, instead of `size`: a list of objects with `Type` (`VCPU`,
   * `MEMORY` in MiB or `GPU`) and `Value`, a text. Not for pods.
   *
   * @default - as `size` says
   */
  readonly sizeExpression?: string;

  /**
   * Output of the state, as a JSONata expression over `$states.result`.
   *
   * @default - the description of the finished job, as DescribeJobs gives it
   */
  readonly output?: string;
}
