import { AwsError } from '../core/errors';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import { createDeliveries } from '../delivery/deliveries';
import { queueAttributes } from './message-attributes';
import { envelopeOf, lambdaEvent, type Notification } from './notification';
import type { SnsStore, Subscription } from './store';

const SERVICE = 'sns.amazonaws.com';

const snsFor = (topicArn: string): Principal => ({ arn: SERVICE, service: SERVICE, sourceArn: topicArn });

const queueMessage = (notification: Notification, { settings }: Subscription) =>
  settings.raw
    ? { MessageBody: notification.textFor('sqs'), MessageAttributes: queueAttributes(notification.attributes) }
    : { MessageBody: JSON.stringify(envelopeOf(notification, 'sqs')) };

const hand = (world: World, notification: Notification, subscription: Subscription): Promise<unknown> => {
  const principal = snsFor(notification.topicArn);
  if (subscription.protocol === 'lambda') {
    const Payload = Buffer.from(JSON.stringify(lambdaEvent(notification, subscription)));
    const input = { FunctionName: subscription.endpoint, InvocationType: 'Event', Payload };
    return world.call({ service: 'lambda', operation: 'Invoke', input, principal });
  }
  const input = { QueueUrl: subscription.endpoint, ...queueMessage(notification, subscription) };
  return world.call({ service: 'sqs', operation: 'SendMessage', input, principal });
};

const giveUp = (
  world: World,
  notification: Notification,
  { endpoint, protocol, settings }: Subscription,
  error: unknown,
): Promise<void> =>
  sendToDeadLetterQueue(world, {
    what: `the message ${notification.id} of ${notification.topicArn} did not reach ${endpoint}`,
    error,
    queue: settings.deadLetterQueue,
    body: settings.raw ? notification.textFor(protocol) : JSON.stringify(envelopeOf(notification, protocol)),
    attributes: {
      RequestID: notification.id,
      ErrorCode: String(error instanceof AwsError ? error.statusCode : 500),
      ErrorMessage: reasonOf(error),
    },
    principal: snsFor(notification.topicArn),
  });

/** Brings notifications to the subscribers that want them, in the background. */
export const createPublisher = (world: World, store: SnsStore): ((notification: Notification) => void) => {
  const deliveries = createDeliveries(world);
  return (notification) => {
    for (const subscription of store.subscriptions(notification.topicArn)) {
      const { confirmed, protocol, settings } = subscription;
      const message = { body: notification.textFor(protocol), attributes: notification.attributes };
      if (!confirmed || !settings.wants(message)) continue;
      deliveries.add({
        attempt: () => hand(world, notification, subscription),
        failed: (error) => giveUp(world, notification, subscription, error),
      });
    }
  };
};
