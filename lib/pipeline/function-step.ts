import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { grantSubmissionAccess } from '../job/submission-access';
import { functionState } from './function-state';
import type { IPipelineStep, PipelineStepContext } from './pipeline-step-interface';

/** One function for the whole submission. @internal */
export class FunctionStep implements IPipelineStep {
  public constructor(
    private readonly collector: lambda.IFunction,
    public readonly name: string,
  ) {}

  public bind(scope: Construct, context: PipelineStepContext): sfn.IChainable {
    grantSubmissionAccess(context.bucket, this.collector);
    const state = functionState(scope, this.name, this.collector, {
      pipeline: context.pipelineName,
      execution: '{% $states.context.Execution.Id %}',
      plan: '{% $plan %}',
    });
    state.addCatch(context.failure);
    return state;
  }
}
