import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { Reader } from '../../../../local/core/reader';
import { att, createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

test('a queue changes in place, and an attribute that is gone falls back', async () => {
  const queue = (Properties: Input) => ({ Queue: { Type: 'AWS::SQS::Queue', Properties } });
  const outputs = { Url: ref('Queue'), Arn: att('Queue', 'Arn'), Name: att('Queue', 'QueueName') };
  const first = outputsOf(
    await shop.deployed(queue({ VisibilityTimeout: 60, Tags: [{ Key: 'a', Value: '1' }] }), outputs),
  );
  const { Url: QueueUrl, Arn, Name } = first;
  expect(Arn).toBe(`arn:aws:sqs:us-east-1:000000000000:${Name}`);
  const policy = {
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref('Queue')], PolicyDocument: { Statement: [] } },
    },
  };
  const second = { ...queue({ DelaySeconds: 5, Tags: [{ Key: 'b', Value: '2' }] }), ...policy };
  expect(outputsOf(await shop.deployed(second, outputs))).toEqual(first);
  const attributes = () => shop.run('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
  expect(await attributes()).toMatchObject({
    Attributes: { VisibilityTimeout: '30', DelaySeconds: '5', Policy: '{"Statement":[]}', QueueArn: Arn },
  });
  expect(await shop.run('sqs', 'ListQueueTags', { QueueUrl })).toEqual({ Tags: { b: '2' } });
  await shop.deployed(queue({ DelaySeconds: 5 }), outputs);
  expect((await attributes()).Attributes).not.toHaveProperty('Policy');
  await shop.destroyed();
  await expect(attributes()).rejects.toThrow();
});

test('a topic reaches its queue until the subscription goes', async () => {
  const base = { Topic: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } };
  const subscription = {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: ref('Topic'),
      Protocol: 'sqs',
      Endpoint: att('Queue', 'Arn'),
      RawMessageDelivery: true,
      FilterPolicy: { kind: ['a'] },
    },
  };
  const policy = {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { Topics: [ref('Topic')], PolicyDocument: { Statement: [] } },
  };
  const outputs = { Topic: ref('Topic'), Name: att('Topic', 'TopicName') };
  const { Topic, Name } = outputsOf(await shop.deployed({ ...base, subscription, policy }, outputs));
  expect(Topic).toBe(`arn:aws:sns:us-east-1:000000000000:${Name}`);
  const { Subscriptions } = await shop.run('sns', 'ListSubscriptionsByTopic', { TopicArn: Topic });
  const [SubscriptionArn] = new Reader({ Subscriptions })
    .records('Subscriptions')
    .map((one) => one.text('SubscriptionArn'));
  expect(await shop.run('sns', 'GetSubscriptionAttributes', { SubscriptionArn })).toMatchObject({
    Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"kind":["a"]}' },
  });
  await shop.deployed(base);
  expect(await shop.run('sns', 'ListSubscriptionsByTopic', { TopicArn: Topic })).toMatchObject({ Subscriptions: [] });
  await shop.destroyed();
});
