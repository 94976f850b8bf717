import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { grantSubmissionAccess } from '../job/submission-access';
import { ArraySize } from '../submission/array-size';
import { jobState } from './job-state';
import type { IPipelineStep, PipelineStepContext } from './pipeline-step-interface';
import type { JobStepOptions } from './pipeline-step-options';

/** A job for each item. AWS Batch has no array jobs of one child, so a single item takes a path of its own. @internal */
export class ArrayStep implements IPipelineStep {
  public readonly name: string;

  public constructor(
    private readonly job: IBatchJob,
    private readonly options: JobStepOptions,
  ) {
    this.name = options.name ?? job.node.id;
  }

  public bind(scope: Construct, context: PipelineStepContext): sfn.IChainable {
    const { name, job, options } = this;
    grantSubmissionAccess(context.bucket, job);
    const size = ArraySize.fromExpression('{% $plan.count %}');
    return sfn.Choice.jsonata(scope, `${name}: how many items?`)
      .when(
        sfn.Condition.jsonata('{% $plan.count = 1 %}'),
        jobState(scope, `${name} of one item`, context, job, options),
      )
      .otherwise(jobState(scope, name, context, job, options, size))
      .afterwards();
  }
}
