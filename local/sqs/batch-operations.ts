import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Call, Operation, Output } from '../core/service';
import { changeVisibility, remove, send, type QueueAction } from './message-operations';
import type { Queue } from './queue';
import type { QueueStore } from './queue-store';

const MAX_ENTRIES = 10;

const entriesOf = (reader: Reader): readonly Reader[] => {
  const entries = reader.records('Entries');
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const ids = entries.map((entry) => entry.text('Id'));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  const wrong = ids.find((id) => !/^[\w-]{1,80}$/.test(id));
  if (wrong !== undefined) {
    throw new AwsError(
      'InvalidBatchEntryId',
      `A batch entry id is 1 to 80 letters, digits, '-' or '_', got '${wrong}'.`,
    );
  }
  return entries;
};

const sizeOf = (entry: Reader): number => Buffer.byteLength(entry.optionalText('MessageBody') ?? '');

/** Each entry succeeds or fails on its own. */
const inBatch = (
  queues: QueueStore,
  action: QueueAction,
  check: (queue: Queue, entries: readonly Reader[]) => void,
) => {
  const run = (queue: Queue, entry: Reader, call: Call): { failed: boolean; output: Output } => {
    const Id = entry.text('Id');
    try {
      return { failed: false, output: { Id, ...action(queue, entry, call) } };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { failed: true, output: { Id, SenderFault: true, Code: error.code, Message: error.message } };
    }
  };
  const operation: Operation = (input, call) => {
    const reader = new Reader(input);
    const queue = queues.get(reader.text('QueueUrl'));
    const entries = entriesOf(reader);
    check(queue, entries);
    const results = entries.map((entry) => run(queue, entry, call));
    const outputs = (failed: boolean) =>
      results.filter((result) => result.failed === failed).map(({ output }) => output);
    return { Successful: outputs(false), Failed: outputs(true) };
  };
  return operation;
};

const checkSize = (queue: Queue, entries: readonly Reader[]): void => {
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size > queue.number('MaximumMessageSize')) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${queue.number('MaximumMessageSize')} bytes. You have sent ${size} bytes.`,
    );
  }
};

/** Operations on several messages at a time. */
export const batchOperations = (queues: QueueStore): Readonly<Record<string, Operation>> => ({
  SendMessageBatch: inBatch(queues, send, checkSize),
  DeleteMessageBatch: inBatch(queues, remove, () => undefined),
  ChangeMessageVisibilityBatch: inBatch(queues, changeVisibility, () => undefined),
});
