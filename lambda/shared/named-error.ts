import { printable } from './text';

const LONGEST_NAME = 128;

/**
 * An error of nothing but a name and a printable message. Lambda writes an error to the log with all its fields and its
 * stack, which begins with the message.
 */
export const namedError = (name: string, message: string): Error => {
  const error = Object.assign(new Error(printable(message)), { name: printable(name, LONGEST_NAME) });
  error.stack = String(error);
  return error;
};
