import { paginateListSubscriptionsByTopic, PublishBatchCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import { queueFor, type TestQueue } from '../kit/queues';
import { table } from '../kit/table';
import { subscribed, topicFor } from '../kit/topics';

const GUIDE = 'sns/latest/dg';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/** The first text of a queue, when the last one that was published is to reach it. */
const bodyOf = async (queue: TestQueue): Promise<unknown> => (await queue.next()).Body;

export const topics = table('SNS', 'Topics', [
  {
    behaviour: 'a queue gets a message in an envelope that names its topic, subject and attributes',
    source: `${GUIDE}/sns-sqs-as-subscriber.html`,
    test: async (target) => {
      const topic = await topicFor(target);
      const queue = await subscribed(target, topic.arn);
      const attributes = { store: text('example_corp') };
      const { MessageId } = await topic.publish({
        Message: 'hello',
        Subject: 'greeting',
        MessageAttributes: attributes,
      });
      const envelope: unknown = JSON.parse(String(await bodyOf(queue)));
      expect(envelope).toMatchObject({
        ...{ Type: 'Notification', MessageId, TopicArn: topic.arn, Message: 'hello', Subject: 'greeting' },
        MessageAttributes: { store: { Type: 'String', Value: 'example_corp' } },
      });
    },
  },
  {
    behaviour: 'with raw delivery it gets the message alone, and its attributes as those of the queue',
    source: `${GUIDE}/sns-large-payload-raw-message-delivery.html`,
    test: async (target) => {
      const topic = await topicFor(target);
      const queue = await subscribed(target, topic.arn, { RawMessageDelivery: 'true' });
      await topic.publish({ Message: 'raw', MessageAttributes: { store: text('x') } });
      expect(await queue.next()).toMatchObject({ Body: 'raw', MessageAttributes: { store: { StringValue: 'x' } } });
    },
  },
  {
    behaviour: 'a filter policy is on the attributes of a message',
    source: `${GUIDE}/example-filter-policies.html`,
    test: async (target) => {
      const topic = await topicFor(target);
      // The example of the guide.
      const FilterPolicy = JSON.stringify({
        store: ['example_corp'],
        event: [{ 'anything-but': 'order_cancelled' }],
        customer_interests: ['rugby', 'football', 'baseball'],
        price_usd: [{ numeric: ['>=', 100] }],
      });
      const queue = await subscribed(target, topic.arn, { FilterPolicy, RawMessageDelivery: 'true' });
      const wanted = {
        store: text('example_corp'),
        event: text('order_placed'),
        customer_interests: { DataType: 'String.Array', StringValue: '["soccer", "rugby", "hockey"]' },
        price_usd: { DataType: 'Number', StringValue: '210.75' },
      };
      await topic.publish({ Message: 'cancelled', MessageAttributes: { ...wanted, event: text('order_cancelled') } });
      await topic.publish({ Message: 'without attributes' });
      await topic.publish({ Message: 'wanted', MessageAttributes: wanted });
      expect(await bodyOf(queue)).toBe('wanted');
    },
  },
  {
    behaviour: 'with the scope MessageBody a filter policy is on the body, nested members included',
    source: `${GUIDE}/sns-message-filtering-scope.html`,
    test: async (target) => {
      const topic = await topicFor(target);
      const FilterPolicy = JSON.stringify({ key_a: { key_b: { key_c: ['value_one', 'value_two'] } } });
      const queue = await subscribed(target, topic.arn, {
        ...{ FilterPolicy, FilterPolicyScope: 'MessageBody', RawMessageDelivery: 'true' },
      });
      const body = (value: string): string => JSON.stringify({ key_a: { key_b: { key_c: value } } });
      await topic.publish({ Message: body('value_three') });
      await topic.publish({ Message: 'no JSON' });
      await topic.publish({ Message: body('value_two') });
      expect(await bodyOf(queue)).toBe(body('value_two'));
    },
  },
  {
    behaviour: 'what a subscriber does not take goes to the dead-letter queue of its subscription',
    source: `${GUIDE}/sns-dead-letter-queues.html`,
    test: async (target) => {
      const topic = await topicFor(target);
      const other = await topicFor(target);
      const dead = await subscribed(target, other.arn);
      const closed = await queueFor(target);
      const Attributes = {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
        RawMessageDelivery: 'true',
      };
      const command = { TopicArn: topic.arn, Protocol: 'sqs', Endpoint: closed.arn, Attributes };
      await target.clients.sns.send(new SubscribeCommand(command));
      await topic.publish({ Message: 'undeliverable' });
      expect(await bodyOf(dead)).toBe('undeliverable');
    },
  },
  {
    behaviour: 'a throttled subscriber gets the message later: after three tries at once, then every second',
    source: `${GUIDE}/sns-message-delivery-retries.html`,
    local: async (target) => {
      const topic = await topicFor(target);
      const queue = await subscribed(target, topic.arn, { RawMessageDelivery: 'true' });
      const { clock, faults } = target.endpoint.world;
      faults.set([{ kind: 'throttle', at: 'sqs:SendMessage', times: 5 }]);
      await topic.publish({ Message: 'late' });
      await clock.advance(10);
      await clock.advance(1500);
      expect(await queue.receive()).toEqual([]);
      await clock.advance(1000);
      expect(await bodyOf(queue)).toBe('late');
    },
  },
  {
    behaviour: 'a message may have a text of its own for each protocol',
    source: 'sns/latest/api/API_Publish.html',
    test: async (target) => {
      const topic = await topicFor(target);
      const queue = await subscribed(target, topic.arn, { RawMessageDelivery: 'true' });
      const Message = JSON.stringify({ default: 'for all', sqs: 'for queues' });
      await topic.publish({ Message, MessageStructure: 'json' });
      expect(await bodyOf(queue)).toBe('for queues');
    },
  },
  {
    behaviour: 'each message of a batch is published or refused on its own',
    source: 'sns/latest/api/API_PublishBatch.html',
    test: async (target) => {
      const { arn: TopicArn } = await topicFor(target);
      const PublishBatchRequestEntries = [
        { Id: 'good', Message: 'fine' },
        { Id: 'bad', Message: 'fine', Subject: 'line\nbreak' },
      ];
      const { Successful, Failed } = await target.clients.sns.send(
        new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }),
      );
      expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
      expect(Failed).toMatchObject([{ Id: 'bad', SenderFault: true }]);
    },
  },
  {
    behaviour: 'a message has at most 256 KiB',
    source: 'general/latest/gr/sns.html',
    test: async (target) => {
      const topic = await topicFor(target);
      await topic.publish({ Message: 'x'.repeat(262_144) });
      await expect(topic.publish({ Message: 'x'.repeat(262_145) })).rejects.toThrow(/Invalid parameter/);
    },
  },
  {
    behaviour: 'the same subscription twice is one, and the paginator finds it',
    source: 'sns/latest/api/API_Subscribe.html',
    test: async (target) => {
      const { sns } = target.clients;
      const topic = await topicFor(target);
      const queue = await subscribed(target, topic.arn);
      await sns.send(new SubscribeCommand({ TopicArn: topic.arn, Protocol: 'sqs', Endpoint: queue.arn }));
      const found: unknown[] = [];
      const pages = paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topic.arn });
      for await (const { Subscriptions = [] } of pages) found.push(...Subscriptions);
      expect(found).toMatchObject([{ Endpoint: queue.arn, Protocol: 'sqs' }]);
    },
  },
]);
