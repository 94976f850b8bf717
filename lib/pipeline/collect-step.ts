import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { grantSubmissionAccess } from '../job/submission-access';
import { jobState } from './job-state';
import type { IPipelineStep, PipelineStepContext } from './pipeline-step-interface';
import type { JobStepOptions } from './pipeline-step-options';

/** One job for the whole submission. @internal */
export class CollectStep implements IPipelineStep {
  public readonly name: string;

  public constructor(
    private readonly job: IBatchJob,
    private readonly options: JobStepOptions,
  ) {
    this.name = options.name ?? job.node.id;
  }

  public bind(scope: Construct, context: PipelineStepContext): sfn.IChainable {
    grantSubmissionAccess(context.bucket, this.job);
    return jobState(scope, this.name, context, this.job, this.options);
  }
}
