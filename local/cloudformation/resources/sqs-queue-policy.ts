import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { documentText } from './shapes';

const set = async (properties: Reader, policy: string, context: ResourceContext): Promise<void> => {
  for (const queue of properties.texts('Queues')) {
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl: queue, Attributes: { Policy: policy } });
  }
};

export const sqsQueuePolicy: ResourceType = {
  type: 'AWS::SQS::QueuePolicy',
  properties: ['PolicyDocument', 'Queues'],
  replacing: ['Queues'],
  create: async (properties, context) => {
    await set(properties, documentText(properties, 'PolicyDocument') ?? '', context);
    const id = generatedName(context, 128);
    return { id, attributes: { Id: id } };
  },
  update: async (existing, properties, context) => {
    await set(properties, documentText(properties, 'PolicyDocument') ?? '', context);
    return existing;
  },
  delete: ({ properties }, context) => set(properties, '', context),
};
