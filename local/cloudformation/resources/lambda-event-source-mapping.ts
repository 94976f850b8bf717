import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import type { ResourceType } from '../types/resource-type';
import { pick } from './shapes';

/** What a setting goes back to when the template no longer has it. */
const defaults: Input = {
  BatchSize: 10,
  Enabled: true,
  FilterCriteria: { Filters: [] },
  FunctionResponseTypes: [],
  MaximumBatchingWindowInSeconds: 0,
  ScalingConfig: {},
};
const settings = Object.keys(defaults);

export const lambdaEventSourceMapping: ResourceType = {
  type: 'AWS::Lambda::EventSourceMapping',
  properties: [...settings, 'EventSourceArn', 'FunctionName', 'Tags'],
  create: async (properties, context) => {
    const input = pick(properties, [...settings, 'EventSourceArn', 'FunctionName']);
    const output = new Reader(await context.call('lambda', 'CreateEventSourceMapping', input));
    const id = output.text('UUID');
    return { id, attributes: { Id: id, EventSourceMappingArn: output.text('EventSourceMappingArn') } };
  },
  update: async (existing, properties, context) => {
    const input = { UUID: existing.id, ...defaults, ...pick(properties, [...settings, 'FunctionName']) };
    await context.call('lambda', 'UpdateEventSourceMapping', input);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('lambda', 'DeleteEventSourceMapping', { UUID: id });
  },
};
