import { AwsError } from '../core/errors';
import type { Input } from '../core/service';

const isInput = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a JSON request; no body is an empty one. */
export const parseJson = (body: Buffer): Input => {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AwsError('SerializationException', `the request is not JSON: ${String(error)}`);
  }
  if (!isInput(value)) throw new AwsError('SerializationException', 'the request must be a JSON object');
  return value;
};

const wire = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wire(member)]));
};

/** Writes an answer as JSON: dates as epoch seconds, bytes as base64. */
export const renderJson = (value: unknown): string => JSON.stringify(wire(value));
