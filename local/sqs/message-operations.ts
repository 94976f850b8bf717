import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Call, Input, Operation, Output } from '../core/service';
import { between } from './errors';
import { messageOf } from './message';
import type { Queue } from './queue';
import type { QueueStore } from './queue-store';
import { receivedMessage } from './received-message';

/** What an operation does to a queue; a batch does it for each of its entries. */
export type QueueAction = (queue: Queue, reader: Reader, call: Call) => Output;

const MAX_VISIBILITY = 43_200;

export const send: QueueAction = (queue, reader, call) => {
  for (const name of ['MessageGroupId', 'MessageDeduplicationId']) {
    if (reader.has(name)) throw notSupported(`${name} of a message`, 'its queues are standard queues');
  }
  const message = messageOf(reader, call.principal.arn, queue.number('MaximumMessageSize'), queue.now());
  const delay = reader.optionalNumber('DelaySeconds') ?? queue.number('DelaySeconds');
  queue.send(message, between('DelaySeconds', delay, 0, 900));
  return {
    MessageId: message.id,
    MD5OfMessageBody: message.bodyMd5,
    MD5OfMessageAttributes: message.attributesMd5,
    MD5OfMessageSystemAttributes: message.systemAttributesMd5,
  };
};

const isHandle = (handle: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(handle);

const handleOf = (reader: Reader): string => {
  const handle = reader.text('ReceiptHandle');
  if (!isHandle(handle)) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return handle;
};

export const remove: QueueAction = (queue, reader) => {
  // Deleting a message that is gone already is fine.
  queue.remove(handleOf(reader));
  return {};
};

export const changeVisibility: QueueAction = (queue, reader) => {
  const timeout = between('VisibilityTimeout', reader.number('VisibilityTimeout'), 0, MAX_VISIBILITY);
  if (!queue.changeVisibility(handleOf(reader), timeout)) {
    throw new AwsError('MessageNotInflight', 'The message referred to is not in flight.');
  }
  return {};
};

const receive = async (queue: Queue, reader: Reader): Promise<Output> => {
  const max = between('MaxNumberOfMessages', reader.optionalNumber('MaxNumberOfMessages') ?? 1, 1, 10);
  const visibility = reader.optionalNumber('VisibilityTimeout') ?? queue.number('VisibilityTimeout');
  const wait = reader.optionalNumber('WaitTimeSeconds') ?? queue.number('ReceiveMessageWaitTimeSeconds');
  const received = await queue.receive(
    max,
    between('VisibilityTimeout', visibility, 0, MAX_VISIBILITY),
    between('WaitTimeSeconds', wait, 0, 20),
  );
  const systemNames = [...reader.texts('AttributeNames'), ...reader.texts('MessageSystemAttributeNames')];
  const attributeNames = reader.texts('MessageAttributeNames');
  return received.length === 0
    ? {}
    : { Messages: received.map((message) => receivedMessage(message, systemNames, attributeNames)) };
};

/** Operations on one message at a time, and the receipt of several. */
export const messageOperations = (queues: QueueStore): Readonly<Record<string, Operation>> => {
  const onQueue =
    (action: (queue: Queue, reader: Reader, call: Call) => Output | Promise<Output>): Operation =>
    (input: Input, call) => {
      const reader = new Reader(input);
      return action(queues.get(reader.text('QueueUrl')), reader, call);
    };
  return {
    SendMessage: onQueue(send),
    ReceiveMessage: onQueue(receive),
    DeleteMessage: onQueue(remove),
    ChangeMessageVisibility: onQueue(changeVisibility),
  };
};
