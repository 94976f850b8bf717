import type { Job } from './job';

/** The order of one queue: retried jobs at the head, the others by submission. */
export const runsBefore = (left: Job, right: Job): boolean => {
  const retried = left.attempts.length > 0;
  return retried === right.attempts.length > 0 ? left.sequence < right.sequence : retried;
};
