import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';
import { invalidValue } from './errors';
import { attributesOf, md5OfAttributes, sizeOfAttributes, type MessageAttributes } from './message-attributes';

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: MessageAttributes;
  readonly attributesMd5?: string;
  readonly traceHeader?: string;
  readonly systemAttributesMd5?: string;
  readonly senderId: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  receives: number;
  /** Receives since it came into its present queue; they count for the redrive policy. */
  receivesInQueue: number;
  firstReceivedAt?: number;
}

// What is not a character of XML 1.0 is not allowed in a message.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Checks the parameters of a message and makes it. */
export const messageOf = (reader: Reader, senderId: string, maxBytes: number, sentAt: number): Message => {
  const body = reader.optionalText('MessageBody') ?? '';
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (FORBIDDEN.test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
  const attributes = attributesOf(reader, 'MessageAttributes');
  if (Buffer.byteLength(body) + sizeOfAttributes(attributes) > maxBytes) {
    throw invalidValue(`One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`);
  }
  const system = attributesOf(reader, 'MessageSystemAttributes');
  const unknown = Object.keys(system).find((name) => name !== 'AWSTraceHeader');
  if (unknown !== undefined) throw invalidValue(`Message system attribute name '${unknown}' is invalid.`);
  return {
    id: randomUUID(),
    body,
    bodyMd5: createHash('md5').update(body).digest('hex'),
    attributes,
    attributesMd5: md5OfAttributes(attributes),
    traceHeader: Object.values(system).at(0)?.StringValue,
    systemAttributesMd5: md5OfAttributes(system),
    senderId,
    sentAt,
    receives: 0,
    receivesInQueue: 0,
  };
};
