import { AwsError } from '../../core/errors';

/** The reason that an event shows: the message, and the code of the service that refused. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AwsError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
};

const gone = /NotFound|NoSuch|NonExistent|DoesNotExist/;

/** Deleting what is already gone is no failure. Batch has one code for all mistakes, so its message must tell. */
export const isGone = (error: unknown): boolean =>
  error instanceof AwsError &&
  (gone.test(error.code) || (error.code === 'ClientException' && error.message.includes('does not exist')));
