import type { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { documentText } from './shapes';

/** A policy of all topics or queues that the property `holders` names. */
const policyType = (
  type: string,
  holders: string,
  setPolicy: (context: ResourceContext, holder: string, policy: string) => Promise<unknown>,
): ResourceType => {
  const set = async (context: ResourceContext, properties: Reader, policy: string): Promise<void> => {
    for (const holder of properties.texts(holders)) await setPolicy(context, holder, policy);
  };
  const policyOf = (properties: Reader): string => documentText(properties, 'PolicyDocument') ?? '';
  return {
    type,
    create: async (properties, context) => {
      await set(context, properties, policyOf(properties));
      const id = generatedName(context, 128);
      return { id, attributes: { Id: id } };
    },
    update: async (existing, properties, context) => {
      const former = existing.properties.texts(holders);
      const left = former.filter((holder) => !properties.texts(holders).includes(holder));
      for (const holder of left) await setPolicy(context, holder, '');
      await set(context, properties, policyOf(properties));
      return existing;
    },
    delete: ({ properties }, context) => set(context, properties, ''),
  };
};

export const snsTopicPolicy = policyType('AWS::SNS::TopicPolicy', 'Topics', (context, TopicArn, AttributeValue) =>
  context.call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue }),
);

export const sqsQueuePolicy = policyType('AWS::SQS::QueuePolicy', 'Queues', (context, QueueUrl, Policy) =>
  context.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } }),
);
