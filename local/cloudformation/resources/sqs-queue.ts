import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { tagMap, textAttributes, updateTags } from './shapes';

/** What an attribute goes back to when the template no longer has it. */
const defaults: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};
const attributes = Object.keys(defaults);

export const sqsQueue: ResourceType = {
  type: 'AWS::SQS::Queue',
  properties: [...attributes, 'QueueName', 'Tags'],
  create: async (properties, context) => {
    const name = properties.optionalText('QueueName') ?? generatedName(context, 80);
    const output = await context.call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: textAttributes(properties, attributes),
      tags: tagMap(properties),
    });
    const id = new Reader(output).text('QueueUrl');
    return { id, attributes: { Arn: context.arn('sqs', name), QueueName: name, QueueUrl: id } };
  },
  update: async (existing, properties, context) => {
    const QueueUrl = existing.id;
    const given = Object.keys(textAttributes(existing.properties, attributes));
    const former = Object.fromEntries(given.map((name) => [name, defaults[name]]));
    const Attributes = { ...former, ...textAttributes(properties, attributes) };
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes });
    await updateTags(context, 'sqs', { QueueUrl }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('sqs', 'DeleteQueue', { QueueUrl: id });
  },
};
