import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { textAttributes, updateTags } from './shapes';

const attributes = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

export const snsTopic: ResourceType = {
  type: 'AWS::SNS::Topic',
  properties: [...attributes, 'Subscription', 'Tags', 'TopicName'],
  fixed: ['Subscription'],
  create: async (properties, context) => {
    const name = properties.optionalText('TopicName') ?? generatedName(context, 240);
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
    await updateTags(context, 'sns', { ResourceArn: existing.id }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('sns', 'DeleteTopic', { TopicArn: id });
  },
};
