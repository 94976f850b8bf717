import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/** What a pipeline tells its steps. */
export interface PipelineStepContext {
  /** Name of the pipeline, as in its records and notifications. */
  readonly pipelineName: string;

  /** Bucket with the items and results of all submissions, below `submissions/`. */
  readonly bucket: s3.IBucket;

  /** Where a step goes that failed: each task adds it with `addCatch()`. */
  readonly failure: sfn.IChainable;
}

/**
 * A part of a pipeline.
 *
 * Its states are JSONata. They find the plan of the submission in the variable `$plan`: `$plan.submissionId`,
 * `$plan.count` (1 or more), `$plan.environment` (variables for container overrides), `$plan.results.bucket` and
 * `$plan.results.prefix`.
 */
export interface IPipelineStep {
  /** Name of the step, different from those of the other steps. Names of states begin with it. */
  readonly name: string;

  /** Called once by the pipeline that the step is part of, with the scope for its states. */
  bind(scope: Construct, context: PipelineStepContext): sfn.IChainable;
}
