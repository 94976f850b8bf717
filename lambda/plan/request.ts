import type { KeyPrefix } from '../../lib/contracts/items';
import { MAX_NAME_CHARACTERS, type PlanRequest, type TriggerItems } from '../../lib/contracts/pipeline';
import { fieldsOf, isFields, kindOf, textOf, wrongKind } from '../shared/fields';
import { itemSourceOf, type CheckedSource } from '../shared/item-source';
import { createdObject, pipelineSubmissionId } from '../shared/pipeline-submission';
import { refusal } from '../shared/refusal';
import { checkSource } from '../shared/sources';
import { excerpt } from '../shared/text';

/** A plan request that has been checked. */
export interface CheckedPlanRequest extends Pick<PlanRequest, 'pipeline' | 'execution'> {
  readonly submissionId: string;
  readonly source: CheckedSource;
}

const triggerItemsOf = (value: unknown): TriggerItems => {
  if (value === 'object' || value === 'manifest') return value;
  throw wrongKind('triggerItems', `'object' or 'manifest'`, value);
};

const sourceOf = (input: unknown, triggerItems: TriggerItems, sources: readonly KeyPrefix[]): CheckedSource => {
  const object = createdObject(input);
  if (object === undefined) {
    if (isFields(input) && 'items' in input) {
      return itemSourceOf(fieldsOf(input, 'input', ['items']).items, 'input.items', sources);
    }
    const got = isFields(input) ? `the fields ${excerpt(Object.keys(input).join(', ')) || '(none)'}` : kindOf(input);
    throw refusal(
      'InvalidRequest',
      `the input of the execution must be an 'Object Created' event of S3 or {"items": ...}, got ${got}`,
    );
  }
  const { location } = object;
  checkSource(location.bucket, location.key, 'input.detail', sources);
  // The console writes an empty object for a folder: there is no data in it.
  if (location.key.endsWith('/')) return { texts: [] };
  return itemSourceOf(triggerItems === 'manifest' ? { manifest: location } : { list: [location] }, 'input', sources);
};

/** Checks what the state machine asks for, before anything is read or written. */
export const planRequestOf = (request: unknown, sources: readonly KeyPrefix[]): CheckedPlanRequest => {
  const fields = fieldsOf(request, 'request', ['pipeline', 'execution', 'triggerItems', 'input']);
  const pipeline = textOf(fields.pipeline, 'pipeline', MAX_NAME_CHARACTERS);
  const execution = textOf(fields.execution, 'execution', MAX_NAME_CHARACTERS);
  return {
    pipeline,
    execution,
    submissionId: pipelineSubmissionId(pipeline, execution, fields.input),
    source: sourceOf(fields.input, triggerItemsOf(fields.triggerItems), sources),
  };
};
