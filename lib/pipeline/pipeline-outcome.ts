import { Duration, Token } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { functionState } from './function-state';

/** Who learns of the end of a submission. @internal */
export interface OutcomeProps {
  readonly pipelineName: string;
  readonly collect: lambda.IFunction;
  readonly topic: sns.ITopic;
}

const EXECUTION = '{% $states.context.Execution.Id %}';
const ERROR = '{% $states.input.Error %}';
const CAUSE = '{% $exists($states.input.Cause) ? $states.input.Cause : "" %}';

/** The states after a failure: record it, publish it, fail with it. @internal */
export function failureStates(scope: Construct, props: OutcomeProps): sfn.IChainable {
  const { pipelineName, collect } = props;
  const notify = publishState(scope, 'Notify of failure', props, 'FAILED');
  const failed = sfn.Fail.jsonata(scope, 'Failed', {
    error: '{% $states.input.error %}',
    cause: '{% $exists($states.input.cause) ? $states.input.cause : "unknown" %}',
  });
  const record = functionState(scope, 'Record failure', collect, {
    pipeline: pipelineName,
    execution: EXECUTION,
    input: '{% $states.context.Execution.Input %}',
    failure: { error: ERROR, cause: CAUSE },
  });
  // What went wrong first is what matters, even if it cannot be recorded or published. Its cause may be the description of
  // a job with its environment, which only the function above makes readable.
  record.addCatch(notify, {
    outputs: {
      pipeline: pipelineName,
      submissionId: '{% $plan.submissionId %}',
      execution: EXECUTION,
      status: 'FAILED',
      error: ERROR,
      cause: 'it could not be recorded; the history of the execution tells more',
    },
  });
  notify.addCatch(failed, { outputs: '{% $states.input %}' });
  return record.next(notify).next(failed);
}

/** The states after the last step: record the success, publish it, end with it. @internal */
export function successStates(scope: Construct, props: OutcomeProps, failure: sfn.IChainable): sfn.IChainable {
  const record = functionState(scope, 'Collect', props.collect, {
    pipeline: props.pipelineName,
    execution: EXECUTION,
    plan: '{% $plan %}',
  });
  record.addCatch(failure);
  return record
    .next(publishState(scope, 'Notify of success', props, 'SUCCEEDED'))
    .next(sfn.Succeed.jsonata(scope, 'Succeeded'));
}

/** Publishes its input, a `PipelineNotification`, and hands it on. Subscribers can filter by `status` and `pipeline`. */
function publishState(scope: Construct, id: string, props: OutcomeProps, status: string): tasks.SnsPublish {
  const { pipelineName, topic } = props;
  const state = tasks.SnsPublish.jsonata(scope, id, {
    topic,
    subject: subjectOf(pipelineName, status),
    message: sfn.TaskInput.fromText('{% $string($states.input) %}'),
    messageAttributes: { status: { value: status }, pipeline: { value: pipelineName } },
    outputs: '{% $states.input %}',
  });
  state.addRetry({
    errors: [sfn.Errors.ALL],
    interval: Duration.seconds(1),
    backoffRate: 2,
    maxAttempts: 4,
    jitterStrategy: sfn.JitterType.FULL,
  });
  return state;
}

/** Subjects have at most 100 characters of ASCII, none of them a control character. */
function subjectOf(pipelineName: string, status: string): string {
  // A name that is known at deploy time only cannot be cut.
  if (Token.isUnresolved(pipelineName)) return `${status}: batch pipeline`;
  return `${status}: ${pipelineName.replace(/[^\x20-\x7e]/g, '?').slice(-80)}`;
}
