import { notSupported } from '../core/errors';
import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { invalid } from './errors';
import type { SnsStore, Topic } from './store';

const PAGES = { usual: 100, tokenError: 'InvalidParameter' } as const;

/** Kept and shown; only the first has an effect on AWS that a local subscriber could notice, and none here. */
const ATTRIBUTES = ['DisplayName', 'DeliveryPolicy', 'KmsMasterKeyId', 'Policy', 'SignatureVersion', 'TracingConfig'];

const checkAttribute = (name: string, value: string): void => {
  if (name === 'FifoTopic' && value === 'false') return;
  if (!ATTRIBUTES.includes(name)) {
    throw notSupported(`the topic attribute ${name}`, `it has ${ATTRIBUTES.join(', ')}`);
  }
};

const checkName = (name: string): void => {
  if (name.endsWith('.fifo')) throw notSupported(`FIFO topics ('${name}')`, 'it has standard topics');
  if (!/^[\w-]{1,256}$/.test(name))
    throw invalid(`Topic Name must be 1 to 256 letters, digits, '-' or '_', got '${name}'`);
};

const tagsOf = (reader: Reader): ReadonlyMap<string, string> =>
  new Map(reader.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')]));

const sameEntries = (given: ReadonlyMap<string, string>, kept: ReadonlyMap<string, string>): boolean =>
  [...given].every(([name, value]) => kept.get(name) === value);

const create = (world: World, store: SnsStore, reader: Reader): Topic => {
  const name = reader.text('Name');
  checkName(name);
  const attributes = new Map(Object.entries(reader.textMap('Attributes')));
  for (const [attribute, value] of attributes) checkAttribute(attribute, value);
  attributes.delete('FifoTopic');
  const tags = tagsOf(reader);
  const arn = world.arn('sns', name);
  const existing = store.topics.get(arn);
  if (existing === undefined) {
    const topic: Topic = { arn, attributes, tags: new Map(tags) };
    store.topics.set(arn, topic);
    return topic;
  }
  if (!sameEntries(attributes, existing.attributes))
    throw invalid('Attributes Reason: Topic already exists with different attributes');
  if (!sameEntries(tags, existing.tags)) throw invalid('Tags Reason: Topic already exists with different tags');
  return existing;
};

/** Operations on topics and their tags. */
export const topicOperations = (world: World, store: SnsStore): Readonly<Record<string, Operation>> => ({
  CreateTopic: (input) => ({ TopicArn: create(world, store, new Reader(input)).arn }),
  DeleteTopic: (input) => {
    // Deleting a topic that is not there is fine.
    store.removeTopic(new Reader(input).text('TopicArn'));
    return {};
  },
  GetTopicAttributes: (input) => {
    const { arn, attributes } = store.topic(new Reader(input).text('TopicArn'));
    const subscriptions = store.subscriptions(arn);
    const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
    return {
      Attributes: {
        ...Object.fromEntries(attributes),
        TopicArn: arn,
        Owner: world.account,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(subscriptions.length - confirmed),
        SubscriptionsDeleted: '0',
      },
    };
  },
  SetTopicAttributes: (input) => {
    const reader = new Reader(input);
    const name = reader.text('AttributeName');
    const value = reader.optionalText('AttributeValue') ?? '';
    checkAttribute(name, value);
    const topic = store.topic(reader.text('TopicArn'));
    if (value === '') topic.attributes.delete(name);
    else topic.attributes.set(name, value);
    store.topics.set(topic.arn, topic);
    return {};
  },
  ListTopics: (input) => {
    const { page, next } = pageOf(new Reader(input), [...store.topics.keys()], PAGES, (arn) => arn);
    return { Topics: page.map((TopicArn) => ({ TopicArn })), NextToken: next };
  },
  TagResource: (input) => {
    const reader = new Reader(input);
    const topic = store.topic(reader.text('ResourceArn'));
    for (const [key, value] of tagsOf(reader)) topic.tags.set(key, value);
    store.topics.set(topic.arn, topic);
    return {};
  },
  UntagResource: (input) => {
    const reader = new Reader(input);
    const topic = store.topic(reader.text('ResourceArn'));
    for (const key of reader.texts('TagKeys')) topic.tags.delete(key);
    store.topics.set(topic.arn, topic);
    return {};
  },
  ListTagsForResource: (input) => ({
    Tags: [...store.topic(new Reader(input).text('ResourceArn')).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
});
