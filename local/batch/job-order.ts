import type { Job } from './job';

/** The order of one line: retried jobs at the head, then by scheduling priority, then by submission. */
export const runsBefore = (left: Job, right: Job): boolean => {
  const retried = left.attempts.length > 0;
  if (retried !== right.attempts.length > 0) return retried;
  const lead = (left.submission.share?.priority ?? 0) - (right.submission.share?.priority ?? 0);
  return lead === 0 ? left.sequence < right.sequence : lead > 0;
};
