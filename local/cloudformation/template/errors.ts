import { AwsError } from '../../core/errors';

/** CloudFormation answers every wrong request and template with this code. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message, 400);

export const templateError = (message: string): AwsError => validationError(`Template error: ${message}`);
