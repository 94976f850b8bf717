import { notFound } from './errors';
import type { SubscriptionSettings } from './subscription-settings';

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
  readonly topics: Map<string, Topic>;
  topic(arn: string): Topic;
  subscription(arn: string): Subscription;
  subscriptions(topicArn?: string): readonly Subscription[];
  put(subscription: Subscription): void;
  removeSubscription(arn: string): void;
  removeTopic(arn: string): void;
}

export const createSnsStore = (): SnsStore => {
  const topics = new Map<string, Topic>();
  const subscriptions = new Map<string, Subscription>();
  const list = (topicArn?: string): readonly Subscription[] =>
    [...subscriptions.values()].filter((subscription) => topicArn === undefined || subscription.topicArn === topicArn);

  return {
    topics,
    topic: (arn) => {
      const topic = topics.get(arn);
      if (topic === undefined) throw notFound('Topic');
      return topic;
    },
    subscription: (arn) => {
      const subscription = subscriptions.get(arn);
      if (subscription === undefined) throw notFound('Subscription');
      return subscription;
    },
    subscriptions: list,
    put: (subscription) => {
      subscriptions.set(subscription.arn, subscription);
    },
    removeSubscription: (arn) => {
      subscriptions.delete(arn);
    },
    removeTopic: (arn) => {
      topics.delete(arn);
      for (const subscription of list(arn)) subscriptions.delete(subscription.arn);
    },
  };
};
