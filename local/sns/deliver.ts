import { AwsError } from '../core/errors';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import { createDeliveries } from '../delivery/deliveries';
import { SNS_RETRIES } from '../delivery/retry';
import { queueAttributes } from './message-attributes';
import { envelopeOf, lambdaEvent, type Notification, textFor } from './notification';
import type { SnsStore, Subscription } from './store';

const SERVICE = 'sns.amazonaws.com';

const snsFor = (topicArn: string): Principal => ({ arn: SERVICE, service: SERVICE, sourceArn: topicArn });

const queueMessage = (notification: Notification, { settings }: Subscription) =>
  settings.raw
    ? { MessageBody: textFor(notification, 'sqs'), MessageAttributes: queueAttributes(notification.attributes) }
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
    body: settings.raw ? textFor(notification, protocol) : JSON.stringify(envelopeOf(notification, protocol)),
    attributes: {
      RequestID: notification.id,
      ErrorCode: String(error instanceof AwsError ? error.statusCode : 500),
      ErrorMessage: reasonOf(error),
    },
    principal: snsFor(notification.topicArn),
  });

/** A notification on its way to a subscriber. */
interface Shipped {
  readonly notification: Notification;
  readonly subscription: string;
}

/** Brings notifications to the subscribers that want them, in the background. */
export const createPublisher = (world: World, store: SnsStore): ((notification: Notification) => void) => {
  // A subscription may end while something is on its way.
  const deliveries = createDeliveries<Shipped>(world, 'sns/deliveries', {
    policy: () => SNS_RETRIES,
    attempt: async ({ notification, subscription: arn }) => {
      const subscription = store.findSubscription(arn);
      if (subscription !== undefined) await hand(world, notification, subscription);
    },
    failed: async ({ notification, subscription: arn }, { error }) => {
      const subscription = store.findSubscription(arn);
      if (subscription !== undefined) await giveUp(world, notification, subscription, error);
    },
  });
  return (notification) => {
    for (const { arn, confirmed, protocol, settings } of store.subscriptions(notification.topicArn)) {
      const message = { body: textFor(notification, protocol), attributes: notification.attributes };
      if (confirmed && settings.wants(message)) deliveries.add({ notification, subscription: arn });
    }
  };
};
