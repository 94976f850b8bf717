import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { tagMap, textAttributes } from './shapes';

const attributes = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

export const sqsQueue: ResourceType = {
  type: 'AWS::SQS::Queue',
  properties: [...attributes, 'QueueName', 'Tags'],
  replacing: ['FifoQueue', 'QueueName', 'Tags'],
  create: async (properties, context) => {
    const fifo = properties.flag('FifoQueue');
    const name = properties.optionalText('QueueName') ?? generatedName(context, fifo ? 75 : 80) + (fifo ? '.fifo' : '');
    const output = await context.call('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: textAttributes(properties, attributes),
      tags: tagMap(properties),
    });
    const id = new Reader(output).text('QueueUrl');
    return { id, attributes: { Arn: context.arn('sqs', name), QueueName: name, QueueUrl: id } };
  },
  update: async (existing, properties, context) => {
    const wanted = textAttributes(properties, attributes);
    const given = Object.keys(textAttributes(existing.properties, attributes));
    // An attribute that the template no longer gives falls back to its default, which SQS takes as an empty text.
    const dropped = Object.fromEntries(given.filter((name) => !(name in wanted)).map((name) => [name, '']));
    await context.call('sqs', 'SetQueueAttributes', { QueueUrl: existing.id, Attributes: { ...wanted, ...dropped } });
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('sqs', 'DeleteQueue', { QueueUrl: id });
  },
};
