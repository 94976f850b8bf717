import { AwsError } from '../core/errors';

export const queueDoesNotExist = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const invalidValue = (message: string): AwsError => new AwsError('InvalidParameterValue', message);

/** Checks a number that the API limits, and answers it. */
export const between = (name: string, value: number, min: number, max: number): number => {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidValue(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
};
