import { Reader } from '../../core/reader';
import type { ResourceType } from '../types/resource-type';
import { textAttributes } from './shapes';

const attributes = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

export const snsSubscription: ResourceType = {
  type: 'AWS::SNS::Subscription',
  properties: [...attributes, 'Endpoint', 'Protocol', 'TopicArn'],
  create: async (properties, context) => {
    const output = await context.call('sns', 'Subscribe', {
      TopicArn: properties.text('TopicArn'),
      Protocol: properties.text('Protocol'),
      Endpoint: properties.text('Endpoint'),
      Attributes: textAttributes(properties, attributes),
      ReturnSubscriptionArn: true,
    });
    const id = new Reader(output).text('SubscriptionArn');
    return { id, attributes: { Arn: id } };
  },
  update: async (existing, properties, context) => {
    const wanted = textAttributes(properties, attributes);
    const dropped = Object.keys(textAttributes(existing.properties, attributes)).filter((name) => !(name in wanted));
    for (const AttributeName of [...Object.keys(wanted), ...dropped]) {
      await context.call('sns', 'SetSubscriptionAttributes', {
        SubscriptionArn: existing.id,
        AttributeName,
        AttributeValue: wanted[AttributeName] ?? '',
      });
    }
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('sns', 'Unsubscribe', { SubscriptionArn: id });
  },
};
