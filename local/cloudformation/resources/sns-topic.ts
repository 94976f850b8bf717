import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { textAttributes } from './shapes';

const attributes = [
  'ContentBasedDeduplication',
  'DisplayName',
  'FifoTopic',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];

export const snsTopic: ResourceType = {
  type: 'AWS::SNS::Topic',
  properties: [...attributes, 'Subscription', 'Tags', 'TopicName'],
  replacing: ['FifoTopic', 'Subscription', 'Tags', 'TopicName'],
  create: async (properties, context) => {
    const fifo = properties.flag('FifoTopic');
    const name = properties.optionalText('TopicName') ?? generatedName(context, 240) + (fifo ? '.fifo' : '');
    const output = await context.call('sns', 'CreateTopic', {
      Name: name,
      Attributes: textAttributes(properties, attributes),
      Tags: properties.list('Tags'),
    });
    const id = new Reader(output).text('TopicArn');
    for (const subscription of properties.records('Subscription')) {
      await context.call('sns', 'Subscribe', { TopicArn: id, ...subscription.values });
    }
    return { id, attributes: { TopicArn: id, TopicName: name } };
  },
  update: async (existing, properties, context) => {
    const wanted = textAttributes(properties, attributes);
    const dropped = Object.keys(textAttributes(existing.properties, attributes)).filter((name) => !(name in wanted));
    for (const AttributeName of [...Object.keys(wanted), ...dropped]) {
      const AttributeValue = wanted[AttributeName] ?? '';
      await context.call('sns', 'SetTopicAttributes', { TopicArn: existing.id, AttributeName, AttributeValue });
    }
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('sns', 'DeleteTopic', { TopicArn: id });
  },
};
