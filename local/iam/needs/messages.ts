import type { World } from '../../core/world';
import { arnIn, type NeedsOf, textIn } from './need';

/** A queue by its URL, its ARN or its name. */
export const queueArn = (world: World, queue: string): string =>
  queue.startsWith('arn:') ? queue : world.arn('sqs', queue.slice(queue.lastIndexOf('/') + 1));

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const sqsNeeds: NeedsOf = (operation, input, world) => {
  const queue = textIn(input, 'QueueUrl') || textIn(input, 'QueueName');
  const resources = [operation === 'ListQueues' || queue === '' ? '*' : queueArn(world, queue)];
  return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resources }];
};

const topicOf = (subscriptionArn: string): string =>
  subscriptionArn.slice(0, Math.max(0, subscriptionArn.lastIndexOf(':')));

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
export const snsNeeds: NeedsOf = (operation, input, world) => {
  const topic = textIn(input, 'TopicArn') || textIn(input, 'ResourceArn') || topicOf(textIn(input, 'SubscriptionArn'));
  const resource =
    topic === '' ? (textIn(input, 'Name') === '' ? '*' : arnIn(world, 'sns', '', textIn(input, 'Name'))) : topic;
  return [{ action: `sns:${operation === 'PublishBatch' ? 'Publish' : operation}`, resources: [resource] }];
};
