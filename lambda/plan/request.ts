import type { ItemSource } from '../../lib/contracts/items';
import type { PlanRequest, TriggerItems } from '../../lib/contracts/pipeline';
import { fieldsOf, isFields, textOf } from '../shared/fields';
import { itemSourceOf } from '../shared/item-source';
import { createdObject, pipelineSubmissionId } from '../shared/pipeline-submission';
import { refusal } from '../shared/refusal';

/** A plan request that has been checked. */
export interface CheckedPlanRequest extends Pick<PlanRequest, 'pipeline' | 'execution'> {
  readonly submissionId: string;
  readonly source: ItemSource;
}

const triggerItemsOf = (value: unknown): TriggerItems => {
  if (value === 'object' || value === 'manifest') return value;
  throw refusal('InvalidRequest', `'triggerItems' must be 'object' or 'manifest', got ${JSON.stringify(value)}`);
};

const sourceOf = (input: unknown, triggerItems: TriggerItems): ItemSource => {
  const object = createdObject(input);
  if (object === undefined) {
    if (isFields(input) && 'items' in input) {
      return itemSourceOf(fieldsOf(input, 'input', ['items']).items, 'input.items');
    }
    const got = isFields(input) ? `the fields ${Object.keys(input).join(', ') || '(none)'}` : JSON.stringify(input);
    throw refusal(
      'InvalidRequest',
      `the input of the execution must be an 'Object Created' event of S3 or {"items": ...}, got ${got}`,
    );
  }
  const { location } = object;
  // The console writes an empty object for a folder: there is no data in it.
  if (location.key.endsWith('/')) return { list: [] };
  return triggerItems === 'manifest' ? { manifest: location } : { list: [{ ...location }] };
};

/** Checks what the state machine asks for. */
export const planRequestOf = (request: unknown): CheckedPlanRequest => {
  const fields = fieldsOf(request, 'request', ['pipeline', 'execution', 'triggerItems', 'input']);
  const pipeline = textOf(fields.pipeline, 'pipeline');
  const execution = textOf(fields.execution, 'execution');
  return {
    pipeline,
    execution,
    submissionId: pipelineSubmissionId(pipeline, execution, fields.input),
    source: sourceOf(fields.input, triggerItemsOf(fields.triggerItems)),
  };
};
