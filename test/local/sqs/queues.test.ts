import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestWorld } from '../support';
import { createQueues, type Run } from './support';

let world: TestWorld;
let run: Run;
let QueueUrl: string;
beforeEach(async () => {
  ({ world, run, QueueUrl } = await createQueues({ VisibilityTimeout: '60' }));
});
afterEach(() => world.close());

test('a queue has a URL on the endpoint and can be found by name, URL and ARN', async () => {
  expect(QueueUrl).toBe('http://127.0.0.1:1/000000000000/inbox');
  expect(await run('GetQueueUrl', { QueueName: 'inbox' })).toEqual({ QueueUrl });
  const attributes = await run('GetQueueAttributes', { AttributeNames: ['All'] });
  expect(attributes).toMatchObject({
    Attributes: {
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:inbox',
      VisibilityTimeout: '60',
      MessageRetentionPeriod: '345600',
      ApproximateNumberOfMessages: '0',
    },
  });
  const byArn = { QueueUrl: world.arn('sqs', 'inbox'), AttributeNames: ['All'] };
  expect(await run('GetQueueAttributes', byArn)).toEqual(attributes);
});

test('creating a queue again is fine when nothing differs', async () => {
  const create = (Attributes: Readonly<Record<string, string>>) =>
    run('CreateQueue', { QueueName: 'inbox', Attributes });
  expect(await create({ VisibilityTimeout: '60', DelaySeconds: '0' })).toEqual({ QueueUrl });
  await expect(create({ VisibilityTimeout: '61' })).rejects.toMatchObject({ name: 'QueueNameExists' });
});

test('messages are counted by what they do', async () => {
  for (const MessageBody of ['a', 'b', 'c']) await run('SendMessage', { MessageBody });
  await run('SendMessage', { MessageBody: 'd', DelaySeconds: 900 });
  await run('ReceiveMessage');
  expect(
    await run('GetQueueAttributes', {
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  ).toEqual({
    Attributes: {
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    },
  });
});

test('a purged queue is empty', async () => {
  await run('SendMessage', { MessageBody: 'a' });
  await run('PurgeQueue');
  expect(await run('ReceiveMessage')).toEqual({});
});

test('a deleted queue is gone', async () => {
  await run('DeleteQueue');
  await expect(run('GetQueueUrl', { QueueName: 'inbox' })).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('queues are listed by prefix, a page at a time', async () => {
  for (const QueueName of ['in-2', 'out']) await run('CreateQueue', { QueueName });
  const first = await run('ListQueues', { QueueNamePrefix: 'in', MaxResults: 1 });
  expect(first).toMatchObject({ QueueUrls: [QueueUrl] });
  const next = { QueueNamePrefix: 'in', MaxResults: 1, NextToken: first.NextToken };
  expect(await run('ListQueues', next)).toEqual({ QueueUrls: [QueueUrl.replace('inbox', 'in-2')] });
});

test('queues have tags', async () => {
  await run('TagQueue', { Tags: { team: 'batch', stage: 'test' } });
  await run('UntagQueue', { TagKeys: ['stage'] });
  expect(await run('ListQueueTags')).toEqual({ Tags: { team: 'batch' } });
});

describe('refuses', () => {
  test.each([
    ['CreateQueue', { QueueName: 'a.fifo' }, 'NotImplemented', "FIFO queues ('a.fifo')"],
    ['CreateQueue', { QueueName: 'a', Attributes: { FifoQueue: 'true' } }, 'NotImplemented', 'FIFO queues (FifoQueue)'],
    ['CreateQueue', { QueueName: 'a b' }, 'InvalidParameterValue', "got 'a b'"],
    ['CreateQueue', { QueueName: 'a', Attributes: { Color: 'red' } }, 'InvalidAttributeName', 'Color'],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { VisibilityTimeout: '43201' } },
      'InvalidParameterValue',
      '0 and 43200',
    ],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { RedrivePolicy: '{' } },
      'InvalidAttributeValue',
      'not a valid JSON',
    ],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { RedrivePolicy: '{}' } },
      'InvalidAttributeValue',
      'deadLetterTargetArn',
    ],
    [
      'CreateQueue',
      {
        QueueName: 'a',
        Attributes: { RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:x:0:none", "maxReceiveCount": 1}' },
      },
      'InvalidParameterValue',
      'Dead letter target does not exist',
    ],
    ['GetQueueAttributes', { AttributeNames: ['Color'] }, 'InvalidAttributeName', 'Color'],
    ['StartMessageMoveTask', {}, 'NotImplemented', 'sqs:StartMessageMoveTask'],
  ])('%s of %j', async (operation, input, name, message) => {
    const answer = run(operation, input);
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toMatchObject({ name });
  });
});
