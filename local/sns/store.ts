import type { Collection } from '../core/collection';
import type { World } from '../core/world';
import { notFound } from './errors';
import { settingsOf, type SubscriptionSettings } from './subscription-settings';

/** A topic; messages are not kept, they pass. */
export interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
}

/** Somebody who gets the messages of a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** False for those who would have to confirm outside of this machine: they never get anything. */
  readonly confirmed: boolean;
  readonly settings: SubscriptionSettings;
}

/** Topics and their subscriptions. */
export interface SnsStore {
  readonly topics: Collection<Topic>;
  topic(arn: string): Topic;
  findSubscription(arn: string): Subscription | undefined;
  subscription(arn: string): Subscription;
  subscriptions(topicArn?: string): readonly Subscription[];
  put(subscription: Subscription): void;
  removeSubscription(arn: string): void;
  removeTopic(arn: string): void;
}

/** A subscription as it is kept: its settings as they were given. */
type Kept = Omit<Subscription, 'settings'> & { readonly values: SubscriptionSettings['values'] };

export const createSnsStore = (world: World): SnsStore => {
  const topics = world.collection<Topic>('sns/topics');
  const kept = world.collection<Kept>('sns/subscriptions');
  const subscriptions = new Map(
    [...kept].map(([arn, { values, ...one }]): [string, Subscription] => [
      arn,
      { ...one, settings: settingsOf(values) },
    ]),
  );
  const remove = (arn: string): void => {
    subscriptions.delete(arn);
    kept.delete(arn);
  };
  const list = (topicArn?: string): readonly Subscription[] =>
    [...subscriptions.values()].filter((subscription) => topicArn === undefined || subscription.topicArn === topicArn);

  return {
    topics,
    topic: (arn) => {
      const topic = topics.get(arn);
      if (topic === undefined) throw notFound('Topic');
      return topic;
    },
    findSubscription: (arn) => subscriptions.get(arn),
    subscription: (arn) => {
      const subscription = subscriptions.get(arn);
      if (subscription === undefined) throw notFound('Subscription');
      return subscription;
    },
    subscriptions: list,
    put: (subscription) => {
      const { settings, ...one } = subscription;
      subscriptions.set(subscription.arn, subscription);
      kept.set(subscription.arn, { ...one, values: settings.values });
    },
    removeSubscription: (arn) => {
      remove(arn);
    },
    removeTopic: (arn) => {
      topics.delete(arn);
      for (const subscription of list(arn)) remove(subscription.arn);
    },
  };
};
