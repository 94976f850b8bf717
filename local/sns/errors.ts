import { AwsError } from '../core/errors';

export const invalid = (message: string): AwsError => new AwsError('InvalidParameter', `Invalid parameter: ${message}`);

export const notFound = (what: string): AwsError => new AwsError('NotFound', `${what} does not exist`, 404);
