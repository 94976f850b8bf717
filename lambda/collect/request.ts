import { resultsPrefix } from '../../lib/contracts/layout';
import { MAX_NAME_CHARACTERS, type PipelineNotification, type Plan } from '../../lib/contracts/pipeline';
import { checkBucket } from '../shared/buckets';
import { anyTextOf, countOf, fieldsOf, isFields, textOf, wrongKind } from '../shared/fields';
import { pipelineSubmissionId } from '../shared/pipeline-submission';
import { refusal } from '../shared/refusal';
import { printable } from '../shared/text';
import { readableCause } from './cause';

/** A collect request that has been checked. */
export interface CheckedCollectRequest {
  readonly owned: Pick<PipelineNotification, 'pipeline' | 'submissionId' | 'execution'>;
  readonly outcome:
    Pick<Plan, 'count' | 'results'> | { readonly failure: { readonly error: string; readonly cause?: string } };
}

const SUBMISSION_ID = /^[0-9a-f]{32}$/;

const LONGEST_ERROR = 256;

const submissionIdOf = (value: unknown): string => {
  const submissionId = textOf(value, 'plan.submissionId');
  if (SUBMISSION_ID.test(submissionId)) return submissionId;
  throw refusal('InvalidRequest', `'plan.submissionId' must be the id that the plan function made`);
};

/** Nobody collects what is elsewhere, such as the results of others. */
const prefixOf = (value: unknown, submissionId: string): string => {
  const expected = resultsPrefix(submissionId);
  if (textOf(value, 'plan.results.prefix') === expected) return expected;
  throw refusal('InvalidRequest', `'plan.results.prefix' must be ${expected}, where this submission has its results`);
};

// A plan comes from the plan function by way of the state machine, which may add to it: only what is used is checked.
const planOf = (value: unknown, bucket: string): Pick<Plan, 'submissionId' | 'count' | 'results'> => {
  if (!isFields(value)) throw wrongKind('plan', 'an object', value);
  if (!isFields(value.results)) throw wrongKind('plan.results', 'an object', value.results);
  const submissionId = submissionIdOf(value.submissionId);
  return {
    submissionId,
    count: countOf(value.count, 'plan.count'),
    results: {
      bucket: checkBucket(textOf(value.results.bucket, 'plan.results.bucket'), 'plan.results.bucket', [bucket]),
      prefix: prefixOf(value.results.prefix, submissionId),
    },
  };
};

/** Checks what the state machine hands over. */
export const collectRequestOf = (request: unknown, bucket: string): CheckedCollectRequest => {
  const failed = isFields(request) && 'failure' in request;
  const more = failed ? ['input', 'failure'] : ['plan'];
  const fields = fieldsOf(request, 'request', ['pipeline', 'execution', ...more]);
  const pipeline = textOf(fields.pipeline, 'pipeline', MAX_NAME_CHARACTERS);
  const execution = textOf(fields.execution, 'execution', MAX_NAME_CHARACTERS);
  if (!failed) {
    const { submissionId, ...outcome } = planOf(fields.plan, bucket);
    return { owned: { pipeline, submissionId, execution }, outcome };
  }
  const { error, cause } = fieldsOf(fields.failure, 'failure', ['error', 'cause']);
  return {
    owned: { pipeline, submissionId: pipelineSubmissionId(pipeline, execution, fields.input), execution },
    outcome: {
      failure: {
        error: printable(textOf(error, 'failure.error'), LONGEST_ERROR),
        cause: readableCause(cause === undefined ? '' : anyTextOf(cause, 'failure.cause')),
      },
    },
  };
};
