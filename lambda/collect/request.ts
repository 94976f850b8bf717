import type { PipelineNotification, Plan } from '../../lib/contracts/pipeline';
import { countOf, fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
import { pipelineSubmissionId } from '../shared/pipeline-submission';
import { readableCause } from './cause';

/** A collect request that has been checked. */
export interface CheckedCollectRequest {
  readonly owned: Pick<PipelineNotification, 'pipeline' | 'submissionId' | 'execution'>;
  readonly outcome:
    Pick<Plan, 'count' | 'results'> | { readonly failure: { readonly error: string; readonly cause?: string } };
}

// A plan comes from the plan function by way of the state machine, which may add to it: only what is used is checked.
const planOf = (value: unknown): Pick<Plan, 'submissionId' | 'count' | 'results'> => {
  if (!isFields(value)) throw wrongKind('plan', 'an object', value);
  if (!isFields(value.results)) throw wrongKind('plan.results', 'an object', value.results);
  return {
    submissionId: textOf(value.submissionId, 'plan.submissionId'),
    count: countOf(value.count, 'plan.count'),
    results: {
      bucket: textOf(value.results.bucket, 'plan.results.bucket'),
      prefix: textOf(value.results.prefix, 'plan.results.prefix'),
    },
  };
};

/** Checks what the state machine hands over. */
export const collectRequestOf = (request: unknown): CheckedCollectRequest => {
  const failed = isFields(request) && 'failure' in request;
  const more = failed ? ['input', 'failure'] : ['plan'];
  const fields = fieldsOf(request, 'request', ['pipeline', 'execution', ...more]);
  const pipeline = textOf(fields.pipeline, 'pipeline');
  const execution = textOf(fields.execution, 'execution');
  if (!failed) {
    const { submissionId, ...outcome } = planOf(fields.plan);
    return { owned: { pipeline, submissionId, execution }, outcome };
  }
  const { error, cause } = fieldsOf(fields.failure, 'failure', ['error', 'cause']);
  return {
    owned: { pipeline, submissionId: pipelineSubmissionId(pipeline, execution, fields.input), execution },
    outcome: {
      failure: {
        error: textOf(error, 'failure.error'),
        cause: readableCause(cause === '' ? undefined : optionalTextOf(cause, 'failure.cause')),
      },
    },
  };
};
