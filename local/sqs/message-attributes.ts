import { createHash, type Hash } from 'node:crypto';
import type { Reader } from '../core/reader';
import { invalidValue } from './errors';

/** A message attribute: text and numbers as text, bytes as base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const MAX_ATTRIBUTES = 10;

const binaryValue = (attribute: Reader): string => {
  const value = attribute.values.BinaryValue;
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : attribute.text('BinaryValue');
};

const attributeOf = (name: string, attribute: Reader): MessageAttribute => {
  const DataType = attribute.text('DataType');
  if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw invalidValue(`The type of message attribute '${name}' must be String, Number or Binary, got '${DataType}'.`);
  }
  if (DataType.startsWith('Binary')) return { DataType, BinaryValue: binaryValue(attribute) };
  const StringValue = attribute.optionalText('StringValue') ?? '';
  if (StringValue === '') throw invalidValue(`Message attribute '${name}' must contain a non-empty value.`);
  if (DataType.startsWith('Number') && Number.isNaN(Number(StringValue))) {
    throw invalidValue(`Can't cast the value of message attribute '${name}' to a number: '${StringValue}'.`);
  }
  return { DataType, StringValue };
};

/** Reads a map of attributes; absent is empty. */
export const attributesOf = (reader: Reader, parameter: string): MessageAttributes => {
  const attributes = reader.optionalRecord(parameter);
  if (attributes === undefined) return {};
  const names = Object.keys(attributes.values);
  if (names.length > MAX_ATTRIBUTES) {
    throw invalidValue(`A message has at most ${MAX_ATTRIBUTES} attributes, got ${names.length}.`);
  }
  return Object.fromEntries(names.map((name) => [name, attributeOf(name, attributes.record(name))]));
};

const valueOf = (attribute: MessageAttribute): Buffer =>
  attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64');

const update = (hash: Hash, bytes: Buffer): void => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  hash.update(length).update(bytes);
};

/**
 * MD5 of attributes, as clients check it:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const attribute = attributes[name];
    update(hash, Buffer.from(name));
    update(hash, Buffer.from(attribute.DataType));
    hash.update(Buffer.from([attribute.BinaryValue === undefined ? 1 : 2]));
    update(hash, valueOf(attribute));
  }
  return hash.digest('hex');
};

/** Bytes that count against the size of a message. */
export const sizeOfAttributes = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (size, [name, attribute]) =>
      size + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueOf(attribute).length,
    0,
  );
