import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { documentText } from './shapes';

const set = async (properties: Reader, policy: string, context: ResourceContext): Promise<void> => {
  for (const topic of properties.texts('Topics')) {
    await context.call('sns', 'SetTopicAttributes', {
      TopicArn: topic,
      AttributeName: 'Policy',
      AttributeValue: policy,
    });
  }
};

export const snsTopicPolicy: ResourceType = {
  type: 'AWS::SNS::TopicPolicy',
  properties: ['PolicyDocument', 'Topics'],
  replacing: ['Topics'],
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
