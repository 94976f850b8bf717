import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { functionState } from './function-state';
import { failureStates, type OutcomeProps, successStates } from './pipeline-outcome';
import type { IPipelineStep } from './pipeline-step-interface';
import type { PipelineItems } from './pipeline-trigger-interface';

/** What a pipeline consists of. @internal */
export interface PipelineParts extends OutcomeProps {
  readonly plan: lambda.IFunction;
  readonly items: PipelineItems;
  readonly bucket: s3.IBucket;
  readonly steps: IPipelineStep[];
}

/**
 * Plan, steps, outcome. A submission without items goes straight to its outcome; one that another execution has taken
 * on, because S3 told of an object twice, has none.
 * @internal
 */
export function pipelineDefinition(scope: Construct, parts: PipelineParts): sfn.IChainable {
  const { pipelineName, bucket } = parts;
  const failure = failureStates(scope, parts);
  const success = successStates(scope, parts, failure);
  const chains = parts.steps.map((step) => step.bind(scope, { pipelineName, bucket, failure }));
  const steps = chains.reduceRight((rest, step) => sfn.Chain.start(step).next(rest), success);

  const plan = functionState(
    scope,
    'Plan',
    parts.plan,
    {
      pipeline: pipelineName,
      execution: '{% $states.context.Execution.Id %}',
      triggerItems: parts.items,
      input: '{% $states.input %}',
    },
    { plan: '{% $states.result.Payload %}' },
  );
  // The states after a failure ask for the submission, and no state may ask for a variable that was never assigned.
  plan.addCatch(failure, { assign: { plan: { submissionId: 'unknown' } } });
  return plan.next(
    sfn.Choice.jsonata(scope, 'Anything to do?')
      .when(sfn.Condition.jsonata('{% $plan.duplicate %}'), sfn.Succeed.jsonata(scope, 'Taken on before'))
      .when(sfn.Condition.jsonata('{% $plan.count = 0 %}'), success)
      .otherwise(steps),
  );
}
