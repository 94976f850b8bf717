import { AwsError } from '../core/errors';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import { createDeliveries } from '../delivery/deliveries';
import { SNS_RETRIES } from '../delivery/retry';
import { sending } from '../delivery/send';
import { queueAttributes } from './message-attributes';
import { envelopeOf, lambdaEvent, type Notification, textFor } from './notification';
import type { SnsStore, Subscription } from './store';

const SERVICE = 'sns.amazonaws.com';

const snsFor = (topicArn: string): Principal => ({ arn: SERVICE, service: SERVICE, sourceArn: topicArn });

const textOf = (notification: Notification, subscription: Subscription): string => {
  const { protocol, settings } = subscription;
  if (protocol === 'lambda') return JSON.stringify(lambdaEvent(notification, subscription));
  return settings.raw ? textFor(notification, protocol) : JSON.stringify(envelopeOf(notification, protocol));
};

const hand = async (world: World, notification: Notification, subscription: Subscription): Promise<void> => {
  const { endpoint, settings } = subscription;
  const attributes = settings.raw ? queueAttributes(notification.attributes) : undefined;
  const request = sending(endpoint, textOf(notification, subscription), attributes);
  if (request !== undefined) await world.call({ ...request, principal: snsFor(notification.topicArn) });
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
