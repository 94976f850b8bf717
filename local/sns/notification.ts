import { randomUUID } from 'node:crypto';
import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { isRecord } from '../core/json';
import { invalid } from './errors';
import { messageAttributesOf, type MessageAttributes } from './message-attributes';
import type { Subscription } from './store';

/** A message on its way to the subscribers of a topic. */
export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
  readonly timestamp: string;
  readonly message: string;
  /** Texts of their own for protocols. */
  readonly byProtocol: Readonly<Record<string, unknown>>;
}

/** The text of a message for a protocol. */
export const textFor = ({ message, byProtocol }: Notification, protocol: string): string => {
  const text = byProtocol[protocol];
  return typeof text === 'string' ? text : message;
};

const MAX_BYTES = 262_144;

const textsOf = (message: string, structure: string | undefined): Pick<Notification, 'message' | 'byProtocol'> => {
  if (structure === undefined || structure === '') return { message, byProtocol: {} };
  if (structure !== 'json') throw invalid(`MessageStructure must be json, got '${structure}'`);
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  const byProtocol = isRecord(texts) ? texts : {};
  const byDefault = byProtocol.default;
  if (typeof byDefault !== 'string') throw invalid('Message Structure - No default entry in JSON message body');
  return { message: byDefault, byProtocol };
};

/** Checks the parameters of a message. */
export const notificationOf = (reader: Reader, topicArn: string, time: Date): Notification => {
  const fifo = ['MessageGroupId', 'MessageDeduplicationId'].find((name) => reader.has(name));
  if (fifo !== undefined) throw notSupported(`${fifo} of a message`, 'its topics are standard topics');
  const message = reader.optionalText('Message') ?? '';
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_BYTES) throw invalid(`Message too long: at most ${MAX_BYTES} bytes`);
  const subject = reader.optionalText('Subject');
  if (subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(subject)) {
    throw invalid(`Subject must be 1 to 100 printable ASCII characters, got ${JSON.stringify(subject)}`);
  }
  return {
    id: randomUUID(),
    topicArn,
    subject,
    attributes: messageAttributesOf(reader),
    timestamp: time.toISOString(),
    ...textsOf(message, reader.optionalText('MessageStructure')),
  };
};

const envelopeAttributes = (attributes: MessageAttributes) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]));

/** The envelope around a message. It is not signed: there is no certificate behind a local topic. */
export const envelopeOf = (notification: Notification, protocol: string) => ({
  Type: 'Notification',
  MessageId: notification.id,
  TopicArn: notification.topicArn,
  Subject: notification.subject,
  Message: textFor(notification, protocol),
  Timestamp: notification.timestamp,
  ...(Object.keys(notification.attributes).length > 0 && {
    MessageAttributes: envelopeAttributes(notification.attributes),
  }),
});

/** The event of a function that is subscribed. */
export const lambdaEvent = (notification: Notification, subscription: Subscription) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      Sns: {
        ...envelopeOf(notification, 'lambda'),
        Subject: notification.subject ?? null,
        MessageAttributes: envelopeAttributes(notification.attributes),
      },
    },
  ],
});
