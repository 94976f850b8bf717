import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import type { Call, Service } from '../../../local/core/service';
import { createSns } from '../../../local/sns/service';
import { createTestWorld, type TestWorld } from '../support';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:done';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';

let world: TestWorld;
let calls: Call[];
let answer: (call: Call) => void;

const recorder = (name: string, operation: string): Service => ({
  name,
  operations: {
    [operation]: (_, call) => {
      calls.push(call);
      answer(call);
      return {};
    },
  },
});

beforeEach(async () => {
  calls = [];
  answer = () => undefined;
  world = await createTestWorld([createSns, recorder('sqs', 'SendMessage'), recorder('lambda', 'Invoke')]);
  await run('CreateTopic', { Name: 'done' });
});
afterEach(() => world.close());

const run = (operation: string, input: Readonly<Record<string, unknown>> = {}) => world.run('sns', operation, input);
const subscribe = (Attributes: Readonly<Record<string, string>> = {}, more = {}) =>
  run('Subscribe', { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: QUEUE, Attributes, ...more });
const publish = (input = {}) => run('Publish', { TopicArn: TOPIC, Message: 'hello', ...input });
const delivered = async (count = 1): Promise<readonly Call[]> => {
  await vi.waitFor(() => {
    expect(calls).toHaveLength(count);
  });
  return calls;
};

describe('topics', () => {
  test('are made once, and described', async () => {
    expect(await run('CreateTopic', { Name: 'done', Attributes: {}, Tags: [] })).toEqual({ TopicArn: TOPIC });
    await run('SetTopicAttributes', { TopicArn: TOPIC, AttributeName: 'DisplayName', AttributeValue: 'Done' });
    await subscribe();
    expect(await run('GetTopicAttributes', { TopicArn: TOPIC })).toMatchObject({
      Attributes: { TopicArn: TOPIC, DisplayName: 'Done', Owner: '000000000000', SubscriptionsConfirmed: '1' },
    });
    expect(await run('ListTopics')).toMatchObject({ Topics: [{ TopicArn: TOPIC }] });
  });

  test('have tags', async () => {
    const Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    await run('TagResource', { ResourceArn: TOPIC, Tags });
    await run('UntagResource', { ResourceArn: TOPIC, TagKeys: ['a'] });
    expect(await run('ListTagsForResource', { ResourceArn: TOPIC })).toEqual({ Tags: [{ Key: 'b', Value: '2' }] });
  });

  test('take their subscriptions with them', async () => {
    await subscribe();
    await run('DeleteTopic', { TopicArn: TOPIC });
    expect(await run('ListSubscriptions')).toMatchObject({ Subscriptions: [] });
    expect(await run('DeleteTopic', { TopicArn: TOPIC })).toEqual({});
  });
});

describe('subscriptions', () => {
  test('are made once, and listed', async () => {
    const first = await subscribe({ RawMessageDelivery: 'true', FilterPolicy: '{"a": ["b"]}' });
    expect(await subscribe({ FilterPolicy: '{"a": ["b"]}', RawMessageDelivery: 'true' })).toEqual(first);
    const { SubscriptionArn } = first;
    expect(await run('ListSubscriptionsByTopic', { TopicArn: TOPIC })).toMatchObject({
      Subscriptions: [{ SubscriptionArn, Protocol: 'sqs', Endpoint: QUEUE, TopicArn: TOPIC }],
    });
    expect(await run('GetSubscriptionAttributes', { SubscriptionArn })).toMatchObject({
      Attributes: { SubscriptionArn, RawMessageDelivery: 'true', PendingConfirmation: 'false' },
    });
  });

  test('lose a setting that is set to nothing', async () => {
    const { SubscriptionArn } = await subscribe({ RawMessageDelivery: 'true', FilterPolicy: '{"a": ["b"]}' });
    for (const AttributeName of ['RawMessageDelivery', 'FilterPolicy']) {
      await run('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue: '' });
    }
    await publish();
    expect(JSON.parse(String((await delivered())[0].input.MessageBody))).toMatchObject({ Message: 'hello' });
  });

  test('end', async () => {
    const { SubscriptionArn } = await subscribe();
    await run('Unsubscribe', { SubscriptionArn });
    expect(await run('ListSubscriptions')).toMatchObject({ Subscriptions: [] });
  });

  test.each(['email', 'https', 'sms'])('by %s stay pending, and the person is told', async (Protocol) => {
    const subscription = { TopicArn: TOPIC, Protocol, Endpoint: 'someone@example.com' };
    expect(await run('Subscribe', subscription)).toEqual({ SubscriptionArn: 'pending confirmation' });
    expect(await run('Subscribe', { ...subscription, ReturnSubscriptionArn: 'true' })).toEqual({
      SubscriptionArn: expect.stringContaining(`${TOPIC}:`) as unknown,
    });
    expect(await run('ListSubscriptions')).toMatchObject({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }],
    });
    expect(world.notes).toEqual([
      `${Protocol} subscription of someone@example.com to ${TOPIC}: nothing will be delivered to it`,
    ]);
    await publish();
    expect(calls).toEqual([]);
  });
});

describe('a message', () => {
  const MessageAttributes = {
    status: { DataType: 'String', StringValue: 'FAILED' },
    count: { DataType: 'Number', StringValue: '3' },
    tags: { DataType: 'String.Array', StringValue: '["a", "b"]' },
    bytes: { DataType: 'Binary', BinaryValue: 'AAE=' },
  };

  test('reaches a function', async () => {
    await subscribe({}, { Protocol: 'lambda', Endpoint: FUNCTION });
    await publish();
    const [{ input }] = await delivered();
    expect(input).toMatchObject({ FunctionName: FUNCTION, InvocationType: 'Event' });
    expect(JSON.parse(String(input.Payload))).toMatchObject({
      Records: [
        { EventSource: 'aws:sns', Sns: { Message: 'hello', Subject: null, TopicArn: TOPIC, MessageAttributes: {} } },
      ],
    });
  });

  test.each([
    ['{"status": ["FAILED"]}', undefined, true],
    ['{"status": ["SUCCEEDED"]}', undefined, false],
    ['{"status": [{"anything-but": "SUCCEEDED"}], "count": [{"numeric": [">", 2]}]}', undefined, true],
    ['{"count": ["3"]}', undefined, false],
    ['{"tags": ["b"]}', undefined, true],
    ['{"bytes": [{"exists": true}]}', undefined, false],
    ['{"missing": [{"exists": false}]}', undefined, true],
    ['{}', undefined, true],
    ['{"detail": {"a": [1]}}', 'MessageBody', true],
    ['{"detail": {"a": [2]}}', 'MessageBody', false],
  ])('passes the filter %s of %s: %s', async (FilterPolicy, scope, passes) => {
    await subscribe({ FilterPolicy, ...(scope !== undefined && { FilterPolicyScope: scope }) });
    await run('Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION });
    await publish({ Message: '{"detail": {"a": 1}}', MessageAttributes });
    const services = (await delivered(passes ? 2 : 1)).map(({ service }) => service);
    expect(services).toEqual(passes ? ['sqs', 'lambda'] : ['lambda']);
  });

  test('that is no JSON passes no filter on its body', async () => {
    await subscribe({ FilterPolicy: '{"a": [{"exists": false}]}', FilterPolicyScope: 'MessageBody' });
    await run('Subscribe', { TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION });
    await publish();
    expect((await delivered())[0].service).toBe('lambda');
  });

  test('that cannot be delivered at all is told to the person', async () => {
    answer = () => {
      throw new AwsError('QueueDoesNotExist', 'no such queue', 400);
    };
    await subscribe();
    await publish();
    await vi.waitFor(() => {
      expect(world.notes).toEqual([expect.stringMatching(/did not reach .*inbox and is lost: no such queue$/)]);
    });
  });
});

test.each([
  ['CreateTopic', { Name: 'a.fifo' }, 'NotImplemented', "FIFO topics ('a.fifo')"],
  ['CreateTopic', { Name: 'a b' }, 'InvalidParameter', "got 'a b'"],
  ['CreateTopic', { Name: 'a', Attributes: { FifoTopic: 'true' } }, 'NotImplemented', 'FifoTopic'],
  ['CreateTopic', { Name: 'done', Attributes: { DisplayName: 'x' } }, 'InvalidParameter', 'different attributes'],
  ['CreateTopic', { Name: 'done', Tags: [{ Key: 'a', Value: 'b' }] }, 'InvalidParameter', 'different tags'],
  ['GetTopicAttributes', { TopicArn: `${TOPIC}x` }, 'NotFound', 'Topic does not exist'],
  ['Subscribe', { TopicArn: TOPIC, Protocol: 'firehose', Endpoint: 'x' }, 'NotImplemented', "'firehose'"],
  [
    'Subscribe',
    { TopicArn: TOPIC, Protocol: 'sqs', Endpoint: FUNCTION },
    'InvalidParameter',
    'does not fit the protocol sqs',
  ],
  ['Subscribe', { TopicArn: TOPIC, Protocol: 'email' }, 'InvalidParameter', "''"],
  ['GetSubscriptionAttributes', { SubscriptionArn: 'x' }, 'NotFound', 'Subscription does not exist'],
  ['Publish', { TopicArn: TOPIC }, 'InvalidParameter', 'Empty message'],
  ['Publish', { Message: 'a' }, 'InvalidParameter', 'TopicArn or TargetArn'],
  ['Publish', { PhoneNumber: '1', Message: 'a' }, 'NotImplemented', 'PhoneNumber'],
  ['Publish', { TopicArn: TOPIC, Message: 'a'.repeat(262_145) }, 'InvalidParameter', 'too long'],
  ['Publish', { TopicArn: TOPIC, Message: 'a', Subject: 'ä' }, 'InvalidParameter', 'Subject'],
  ['Publish', { TopicArn: TOPIC, Message: 'a', MessageGroupId: 'g' }, 'NotImplemented', 'MessageGroupId'],
  ['Publish', { TopicArn: TOPIC, Message: 'a', MessageStructure: 'json' }, 'InvalidParameter', 'failed to parse'],
  ['Publish', { TopicArn: TOPIC, Message: '{}', MessageStructure: 'json' }, 'InvalidParameter', 'No default entry'],
  [
    'Publish',
    { TopicArn: TOPIC, Message: 'a', MessageAttributes: { a: { DataType: 'Date' } } },
    'InvalidParameter',
    "'Date'",
  ],
  ['PublishBatch', { TopicArn: TOPIC }, 'EmptyBatchRequest', 'any entries'],
  ['ConfirmSubscription', {}, 'NotImplemented', 'sns:ConfirmSubscription'],
])('fails %s of %.80j', async (operation, input, name, message) => {
  const answered = run(operation, input);
  await expect(answered).rejects.toThrow(message);
  await expect(answered).rejects.toMatchObject({ name });
});

test.each([
  [{ FilterPolicy: '{' }, 'FilterPolicy: failed to parse JSON'],
  [{ FilterPolicy: '{"a": "b"}' }, 'FilterPolicy: "a" must be an object or an array'],
  [{ FilterPolicyScope: 'Moon' }, "got 'Moon'"],
  [{ RawMessageDelivery: 'yes' }, "got 'yes'"],
  [{ RedrivePolicy: '{}x' }, 'RedrivePolicy: failed to parse JSON'],
  [{ RedrivePolicy: '{"deadLetterTargetArn": "x"}' }, 'must be the ARN of an SQS queue'],
  [{ SubscriptionRoleArn: 'x' }, 'the subscription attribute SubscriptionRoleArn'],
])('refuses the subscription attributes %j', async (attributes, message) => {
  await expect(subscribe(attributes)).rejects.toThrow(message);
});
