import { AwsError } from '../core/errors';

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

export const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`);

export const alreadyExists = (what: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The specified ${what} already exists`);
