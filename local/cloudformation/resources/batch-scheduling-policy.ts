import { Reader } from '../../core/reader';
import { shortGeneratedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { camelCase } from './shapes';

export const batchSchedulingPolicy: ResourceType = {
  type: 'AWS::Batch::SchedulingPolicy',
  properties: ['FairsharePolicy', 'Name', 'Tags'],
  replacing: ['Name', 'Tags'],
  create: async (properties, context) => {
    const output = await context.call('batch', 'CreateSchedulingPolicy', {
      ...camelCase(properties.values),
      name: properties.optionalText('Name') ?? shortGeneratedName(context, 128),
    });
    const id = new Reader(output).text('arn');
    return { id, attributes: { Arn: id } };
  },
  update: async (existing, properties, context) => {
    const { fairsharePolicy } = camelCase(properties.values);
    await context.call('batch', 'UpdateSchedulingPolicy', { arn: existing.id, fairsharePolicy });
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('batch', 'DeleteSchedulingPolicy', { arn: id });
  },
};
