import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { invalid } from './errors';
import { notificationOf, type Notification } from './notification';
import type { SnsStore } from './store';

const MAX_ENTRIES = 10;

const entriesOf = (reader: Reader): readonly Reader[] => {
  const entries = reader.records('PublishBatchRequestEntries');
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  if (entries.length > MAX_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', `At most ${MAX_ENTRIES} entries, got ${entries.length}.`);
  }
  if (new Set(entries.map((entry) => entry.text('Id'))).size < entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  return entries;
};

/** Publish and PublishBatch; subscribers get theirs later. */
export const publishOperations = (
  { clock }: World,
  store: SnsStore,
  publish: (notification: Notification) => void,
): Readonly<Record<string, Operation>> => ({
  Publish: (input) => {
    const reader = new Reader(input);
    if (reader.has('PhoneNumber')) throw notSupported('messages to a phone (PhoneNumber)');
    const arn = reader.optionalText('TopicArn') ?? reader.optionalText('TargetArn');
    if (arn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    const notification = notificationOf(reader, store.topic(arn).arn, clock.date());
    publish(notification);
    return { MessageId: notification.id };
  },
  PublishBatch: (input) => {
    const reader = new Reader(input);
    const topicArn = store.topic(reader.text('TopicArn')).arn;
    const Successful: { Id: string; MessageId: string }[] = [];
    const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
    for (const entry of entriesOf(reader)) {
      const Id = entry.text('Id');
      try {
        const notification = notificationOf(entry, topicArn, clock.date());
        publish(notification);
        Successful.push({ Id, MessageId: notification.id });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
    return { Successful, Failed };
  },
});
