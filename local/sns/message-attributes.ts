import type { Reader } from '../core/reader';
import { invalid } from './errors';

/** A message attribute: text and numbers as text, bytes as base64. */
export interface MessageAttribute {
  readonly type: string;
  readonly value: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const binaryValue = (attribute: Reader): string => {
  const value = attribute.values.BinaryValue;
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : attribute.text('BinaryValue');
};

const attributeOf = (name: string, attribute: Reader): MessageAttribute => {
  const type = attribute.text('DataType');
  if (!/^(String|String\.Array|Number|Binary)(\..+)?$/.test(type)) {
    throw invalid(`message attribute '${name}' must be of type String, String.Array, Number or Binary, got '${type}'`);
  }
  const value = type.startsWith('Binary') ? binaryValue(attribute) : (attribute.optionalText('StringValue') ?? '');
  if (value === '') throw invalid(`message attribute '${name}' must have a value`);
  if (type === 'Number' && Number.isNaN(Number(value))) {
    throw invalid(`message attribute '${name}' must be a number, got '${value}'`);
  }
  return { type, value };
};

/** Reads the attributes of a message. */
export const messageAttributesOf = (reader: Reader): MessageAttributes => {
  const attributes = reader.optionalRecord('MessageAttributes');
  if (attributes === undefined) return {};
  return Object.fromEntries(
    Object.keys(attributes.values).map((name) => [name, attributeOf(name, attributes.record(name))]),
  );
};

const arrayValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The attributes as filter policies see them; bytes cannot be filtered. */
export const attributeValues = (attributes: MessageAttributes): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([, { type }]) => !type.startsWith('Binary'))
      .map(([name, { type, value }]) => {
        if (type === 'Number') return [name, Number(value)];
        return [name, type === 'String.Array' ? arrayValue(value) : value];
      }),
  );

/** The attributes as an SQS message carries them when delivered raw. */
export const queueAttributes = (attributes: MessageAttributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      type.startsWith('Binary') ? { DataType: type, BinaryValue: value } : { DataType: type, StringValue: value },
    ]),
  );
