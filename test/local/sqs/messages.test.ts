import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TestWorld } from '../support';
import { createQueues, messagesOf, type Run } from './support';

let world: TestWorld;
let run: Run;
beforeEach(async () => {
  ({ world, run } = await createQueues());
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

const bodies = async (input = {}): Promise<readonly unknown[]> =>
  messagesOf(await run('ReceiveMessage', { MaxNumberOfMessages: 10, ...input })).map(({ Body }) => Body);

const fakeTime = (): void => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
};

test('a message is received as it was sent, and is gone when deleted', async () => {
  const sent = await run('SendMessage', { MessageBody: 'hello' });
  expect(sent).toMatchObject({ MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' });
  const [message] = messagesOf(await run('ReceiveMessage', { AttributeNames: ['All'], VisibilityTimeout: 0 }));
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'hello',
    MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
    Attributes: { ApproximateReceiveCount: '1', SenderId: 'arn:aws:iam::000000000000:user/deployer' },
  });
  await run('DeleteMessage', { ReceiptHandle: message.ReceiptHandle });
  expect(await run('ReceiveMessage')).toEqual({});
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html tells how, this
// value is what SQS answered for the attribute.
test('the MD5 of attributes is that of SQS, whatever their order', async () => {
  const md5 = async (MessageAttributes: Readonly<Record<string, unknown>>): Promise<unknown> =>
    (await run('SendMessage', { MessageBody: 'x', MessageAttributes })).MD5OfMessageAttributes;
  const timestamp = { DataType: 'Number', StringValue: '1493147359900' };
  const other = { DataType: 'String', StringValue: 'x' };
  expect(await md5({ timestamp })).toBe('235c5c510d26fb653d073faed50ae77c');
  expect(await md5({ timestamp, other })).toBe(await md5({ other, timestamp }));
});

test('attributes come back when asked for, with the MD5 of those', async () => {
  const MessageAttributes = {
    City: { DataType: 'String', StringValue: 'Any City' },
    Greeting: { DataType: 'Binary', BinaryValue: Buffer.from('Hello, World!').toString('base64') },
    Population: { DataType: 'Number', StringValue: '1250800' },
  };
  const sent = await run('SendMessage', { MessageBody: 'x', MessageAttributes });
  const receive = async (MessageAttributeNames: readonly string[]) =>
    messagesOf(await run('ReceiveMessage', { MessageAttributeNames, VisibilityTimeout: 0 }))[0];
  const { MD5OfMessageAttributes } = sent;
  expect(await receive(['All'])).toMatchObject({ MessageAttributes, MD5OfMessageAttributes });
  const some = await receive(['C.*', 'City', 'Pop.*']);
  expect(some.MessageAttributes).toEqual({ City: MessageAttributes.City });
  expect(some.MD5OfMessageAttributes).not.toBe(MD5OfMessageAttributes);
  expect(await receive([])).not.toHaveProperty('MD5OfMessageAttributes', expect.anything());
});

test('messages come in order, at most as many as asked for', async () => {
  for (const MessageBody of ['a', 'b', 'c']) await run('SendMessage', { MessageBody });
  expect(await bodies({ MaxNumberOfMessages: 2 })).toEqual(['a', 'b']);
  expect(await bodies()).toEqual(['c']);
  expect(await bodies()).toEqual([]);
});

test('a received message is hidden until its visibility time-out ends', async () => {
  fakeTime();
  await run('SendMessage', { MessageBody: 'a' });
  expect(await bodies()).toEqual(['a']);
  vi.advanceTimersByTime(29_999);
  expect(await bodies()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(await bodies()).toEqual(['a']);
});

test('the visibility of a message in flight can change', async () => {
  fakeTime();
  await run('SendMessage', { MessageBody: 'a' });
  const [{ ReceiptHandle }] = messagesOf(await run('ReceiveMessage'));
  await run('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 60 });
  vi.advanceTimersByTime(59_999);
  expect(await bodies()).toEqual([]);
  await run('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
  expect(await bodies()).toEqual(['a']);
});

test('a message can be delayed', async () => {
  fakeTime();
  await run('SendMessage', { MessageBody: 'later', DelaySeconds: 5 });
  await run('SendMessage', { MessageBody: 'now' });
  expect(await bodies()).toEqual(['now']);
  vi.advanceTimersByTime(5_000);
  expect(await bodies()).toEqual(['later']);
});

describe('long polling', () => {
  test('ends with the first message', async () => {
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await run('SendMessage', { MessageBody: 'a' });
    expect(await waiting).toEqual(['a']);
  });

  test('gives each message to one consumer', async () => {
    const waiting = [bodies({ WaitTimeSeconds: 20 }), bodies({ WaitTimeSeconds: 20 })];
    await run('SendMessage', { MessageBody: 'a' });
    await run('SendMessage', { MessageBody: 'b' });
    expect((await Promise.all(waiting)).flat().sort()).toEqual(['a', 'b']);
  });

  test('sees a message whose delay or visibility ends meanwhile', async () => {
    fakeTime();
    await run('SendMessage', { MessageBody: 'a', DelaySeconds: 2 });
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await waiting).toEqual(['a']);
  });

  test('ends empty when the time is over', async () => {
    fakeTime();
    const waiting = run('ReceiveMessage', { WaitTimeSeconds: 20 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await waiting).toEqual({});
  });

  test('ends with the endpoint', async () => {
    const waiting = run('ReceiveMessage', { WaitTimeSeconds: 20 });
    await world.close();
    expect(await waiting).toEqual({});
  });
});

test('a message received too often goes to the dead-letter queue, unchanged', async () => {
  const { QueueUrl } = await world.run('sqs', 'CreateQueue', { QueueName: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: world.arn('sqs', 'dead'), maxReceiveCount: 2 });
  await run('SetQueueAttributes', { Attributes: { RedrivePolicy } });
  const { MessageId } = await run('SendMessage', { MessageBody: 'a' });
  expect(await bodies({ VisibilityTimeout: 0 })).toEqual(['a']);
  expect(await bodies({ VisibilityTimeout: 0 })).toEqual(['a']);
  expect(await bodies({ VisibilityTimeout: 0 })).toEqual([]);
  const dead = messagesOf(await run('ReceiveMessage', { QueueUrl }));
  expect(dead).toMatchObject([{ MessageId, Body: 'a' }]);
});

test("two queues that are each other's dead-letter queue hand a message over once per failure", async () => {
  await world.run('sqs', 'CreateQueue', { QueueName: 'other' });
  const policy = (name: string) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: world.arn('sqs', name), maxReceiveCount: 1 }),
  });
  await run('SetQueueAttributes', { Attributes: policy('other') });
  const other = { QueueUrl: world.arn('sqs', 'other') };
  await run('SetQueueAttributes', { ...other, Attributes: policy('inbox') });
  await run('SendMessage', { MessageBody: 'a' });
  expect(await bodies({ VisibilityTimeout: 0 })).toEqual(['a']);
  expect(await bodies({ VisibilityTimeout: 0 })).toEqual([]);
  expect(await bodies({ ...other, VisibilityTimeout: 0 })).toEqual(['a']);
});

test('a message is dropped when its retention ends', async () => {
  fakeTime();
  await run('SetQueueAttributes', { Attributes: { MessageRetentionPeriod: '60' } });
  await run('SendMessage', { MessageBody: 'old' });
  vi.advanceTimersByTime(60_001);
  await run('SendMessage', { MessageBody: 'new' });
  expect(await bodies()).toEqual(['new']);
});

describe('batches', () => {
  test('succeed and fail entry by entry', async () => {
    const sent = await run('SendMessageBatch', {
      Entries: [
        { Id: 'one', MessageBody: 'a' },
        { Id: 'two', MessageBody: '' },
        { Id: 'three', MessageBody: 'c' },
      ],
    });
    expect(sent).toMatchObject({
      Successful: [{ Id: 'one', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }, { Id: 'three' }],
      Failed: [{ Id: 'two', Code: 'MissingParameter', SenderFault: true }],
    });
    const received = messagesOf(await run('ReceiveMessage', { MaxNumberOfMessages: 10 }));
    const handles = received.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const visible = handles.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    expect(await run('ChangeMessageVisibilityBatch', { Entries: visible })).toMatchObject({ Failed: [] });
    expect(await run('DeleteMessageBatch', { Entries: [...handles, { Id: 'x', ReceiptHandle: 'y' }] })).toMatchObject({
      Successful: [{ Id: '0' }, { Id: '1' }],
      Failed: [{ Id: 'x', Code: 'ReceiptHandleIsInvalid' }],
    });
    expect(await bodies()).toEqual([]);
  });

  test.each([
    [[], 'EmptyBatchRequest'],
    [Array.from({ length: 11 }, (_, Id) => ({ Id: String(Id), MessageBody: 'a' })), 'TooManyEntriesInBatchRequest'],
    [
      [
        { Id: 'a', MessageBody: 'a' },
        { Id: 'a', MessageBody: 'b' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [[{ Id: 'a b', MessageBody: 'a' }], 'InvalidBatchEntryId'],
    [[1, 2].map((Id) => ({ Id: String(Id), MessageBody: 'a'.repeat(600_000) })), 'BatchRequestTooLong'],
  ])('fails as a whole when it is wrong as a whole', async (Entries, name) => {
    await expect(run('SendMessageBatch', { Entries })).rejects.toMatchObject({ name });
  });
});

test.each([
  ['SendMessage', {}, 'MissingParameter', 'MessageBody'],
  ['SendMessage', { MessageBody: 'a\u0000' }, 'InvalidMessageContents', 'outside the allowed set'],
  ['SendMessage', { MessageBody: 'a'.repeat(1_048_577) }, 'InvalidParameterValue', 'shorter than 1048576 bytes'],
  ['SendMessage', { MessageBody: 'a', DelaySeconds: 901 }, 'InvalidParameterValue', 'between 0 and 900'],
  ['SendMessage', { MessageBody: 'a', MessageGroupId: 'g' }, 'NotImplemented', 'MessageGroupId of a message'],
  ['SendMessage', { MessageBody: 'a', MessageAttributes: { x: { DataType: 'Date' } } }, 'InvalidParameterValue', "'x'"],
  [
    'SendMessage',
    { MessageBody: 'a', MessageAttributes: { x: { DataType: 'String' } } },
    'InvalidParameterValue',
    'non-empty',
  ],
  ['SendMessage', { MessageBody: 'a', QueueUrl: 'http://127.0.0.1:1/0/none' }, 'QueueDoesNotExist', 'does not exist'],
  ['ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue', 'between 1 and 10'],
  ['ReceiveMessage', { WaitTimeSeconds: 21 }, 'InvalidParameterValue', 'between 0 and 20'],
  ['ReceiveMessage', { VisibilityTimeout: -1 }, 'InvalidParameterValue', 'between 0 and 43200'],
  ['DeleteMessage', { ReceiptHandle: 'x' }, 'ReceiptHandleIsInvalid', '"x"'],
  [
    'ChangeMessageVisibility',
    { ReceiptHandle: '00000000-0000-0000-0000-000000000000', VisibilityTimeout: 1 },
    'MessageNotInflight',
    'not in flight',
  ],
])('fails %s of %.60j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
