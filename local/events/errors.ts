import { AwsError } from '../core/errors';

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const ruleNotFound = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);

/** What a target refuses for good, named as EventBridge names it in a dead-letter queue. */
export const invalidInput = (code: 'INVALID_JSON' | 'INVALID_PARAMETER', message: string): AwsError =>
  new AwsError(code, message);
