import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { type Dimensions, MINUTE_MS } from './store';

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** Milliseconds since 1970. */
export const timeOf = (reader: Reader, name: string): number => {
  const value = reader.values[name];
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' && Number.isNaN(Number(value)) ? Date.parse(value) : reader.number(name) * 1_000;
};

export const dimensionsOf = (reader: Reader): Dimensions =>
  Object.fromEntries(
    reader.records('Dimensions').map((dimension) => [dimension.text('Name'), dimension.text('Value')]),
  );

/** The length of a period in milliseconds. */
export const periodOf = (reader: Reader): number => {
  const seconds = reader.number('Period');
  if (seconds > 0 && (seconds * 1_000) % MINUTE_MS === 0) return seconds * 1_000;
  if ([1, 5, 10, 20, 30].includes(seconds)) {
    throw notSupported(`metrics of high resolution (a Period of ${seconds} seconds)`, 'it has whole minutes');
  }
  throw invalid(`The value ${seconds} for parameter Period is invalid: it must be a multiple of 60.`);
};
