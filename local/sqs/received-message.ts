import type { Output } from '../core/service';
import type { Message } from './message';
import { md5OfAttributes, type MessageAttributes } from './message-attributes';
import type { Received } from './message-pool';

const systemAttributes = (message: Message): Readonly<Record<string, string>> => ({
  SenderId: message.senderId,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receives),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
});

const wants = (wanted: readonly string[], name: string): boolean =>
  wanted.some((want) =>
    want === 'All' || want === '.*' || want === name ? true : want.endsWith('.*') && name.startsWith(want.slice(0, -1)),
  );

const pick = <T>(values: Readonly<Record<string, T>>, wanted: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => wants(wanted, name)));

const present = (values: object): object | undefined => (Object.keys(values).length === 0 ? undefined : values);

/** A message as a consumer gets it, with the attributes that it asked for. */
export const receivedMessage = (
  { message, handle }: Received,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): Output => {
  const attributes: MessageAttributes = pick(message.attributes, attributeNames);
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    Body: message.body,
    MD5OfBody: message.bodyMd5,
    Attributes: present(pick(systemAttributes(message), systemNames)),
    MessageAttributes: present(attributes),
    // The client checks the MD5 of what it gets, not of what was sent.
    MD5OfMessageAttributes: md5OfAttributes(attributes),
  };
};
