import { randomUUID } from 'node:crypto';
import { notSupported } from '../core/errors';
import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation, Output } from '../core/service';
import type { World } from '../core/world';
import { invalid } from './errors';
import type { SnsStore, Subscription } from './store';
import { settingsOf } from './subscription-settings';

const PAGES = { usual: 100, tokenError: 'InvalidParameter' } as const;

/** Reached on this machine. */
const DELIVERED = ['lambda', 'sqs'];

/** Accepted, but nothing leaves this machine: they stay pending for ever. */
const PENDING = ['email', 'email-json', 'http', 'https', 'sms'];

const checkEndpoint = (protocol: string, endpoint: string): void => {
  if (!DELIVERED.includes(protocol) && !PENDING.includes(protocol)) {
    throw notSupported(
      `subscriptions of the protocol '${protocol}'`,
      `it has ${[...DELIVERED, ...PENDING].join(', ')}`,
    );
  }
  const fits = !DELIVERED.includes(protocol) || new RegExp(`^arn:[^:]+:${protocol}:`).test(endpoint);
  if (endpoint === '' || !fits) throw invalid(`Endpoint Reason: '${endpoint}' does not fit the protocol ${protocol}`);
};

const summary = (world: World, subscription: Subscription): Output => ({
  SubscriptionArn: subscription.confirmed ? subscription.arn : 'PendingConfirmation',
  Owner: world.account,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topicArn,
});

const subscribe = (world: World, store: SnsStore, reader: Reader): Subscription => {
  const topicArn = store.topic(reader.text('TopicArn')).arn;
  const protocol = reader.text('Protocol');
  const endpoint = reader.optionalText('Endpoint') ?? '';
  checkEndpoint(protocol, endpoint);
  const settings = settingsOf(reader.textMap('Attributes'));
  const existing = store
    .subscriptions(topicArn)
    .find((subscription) => subscription.protocol === protocol && subscription.endpoint === endpoint);
  if (existing !== undefined) {
    if (JSON.stringify(existing.settings.values) === JSON.stringify(settings.values)) return existing;
    throw invalid('Attributes Reason: Subscription already exists with different attributes');
  }
  const confirmed = DELIVERED.includes(protocol);
  if (!confirmed) world.note(`${protocol} subscription of ${endpoint} to ${topicArn}: nothing will be delivered to it`);
  const subscription = { arn: `${topicArn}:${randomUUID()}`, topicArn, protocol, endpoint, confirmed, settings };
  store.put(subscription);
  return subscription;
};

/** Operations on subscriptions. */
export const subscriptionOperations = (world: World, store: SnsStore): Readonly<Record<string, Operation>> => ({
  Subscribe: (input) => {
    const reader = new Reader(input);
    const { arn, confirmed } = subscribe(world, store, reader);
    return { SubscriptionArn: confirmed || reader.flag('ReturnSubscriptionArn') ? arn : 'pending confirmation' };
  },
  Unsubscribe: (input) => {
    store.removeSubscription(new Reader(input).text('SubscriptionArn'));
    return {};
  },
  GetSubscriptionAttributes: (input) => {
    const subscription = store.subscription(new Reader(input).text('SubscriptionArn'));
    return {
      Attributes: {
        RawMessageDelivery: 'false',
        ...subscription.settings.values,
        ...summary(world, subscription),
        SubscriptionArn: subscription.arn,
        PendingConfirmation: String(!subscription.confirmed),
        ConfirmationWasAuthenticated: String(subscription.confirmed),
      },
    };
  },
  SetSubscriptionAttributes: (input) => {
    const reader = new Reader(input);
    const subscription = store.subscription(reader.text('SubscriptionArn'));
    const changed = { [reader.text('AttributeName')]: reader.optionalText('AttributeValue') };
    store.put({ ...subscription, settings: settingsOf({ ...subscription.settings.values, ...changed }) });
    return {};
  },
  ListSubscriptions: (input) => {
    const { page, next } = pageOf(new Reader(input), store.subscriptions(), PAGES, ({ arn }) => arn);
    return { Subscriptions: page.map((subscription) => summary(world, subscription)), NextToken: next };
  },
  ListSubscriptionsByTopic: (input) => {
    const reader = new Reader(input);
    const { page, next } = pageOf(
      reader,
      store.subscriptions(store.topic(reader.text('TopicArn')).arn),
      PAGES,
      ({ arn }) => arn,
    );
    return { Subscriptions: page.map((subscription) => summary(world, subscription)), NextToken: next };
  },
});
