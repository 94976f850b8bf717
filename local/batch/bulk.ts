import type { Input, Output } from '../core/service';
import { clientError, readInput } from './checks';
import type { Stop } from './job';

const MAX_JOBS = 50;
const MAX_REASON = 1024;

/** Reads why jobs are stopped. */
export const readReason = (input: Input): string => {
  const reason = readInput(input).text('reason');
  if (reason.length <= MAX_REASON) return reason;
  throw clientError(`'reason' has at most ${MAX_REASON} characters, got ${reason.length}`);
};

/** Does to each job what CancelJob or TerminateJob does to one. */
export const stopAll = (input: Input, kind: Stop['kind'], stop: (jobId: string, stop: Stop) => unknown): Output => {
  const ids = readInput(input).texts('jobs');
  if (ids.length < 1 || ids.length > MAX_JOBS) {
    throw clientError(`'jobs' must have 1 to ${MAX_JOBS} job ids, got ${ids.length}`);
  }
  const reason = readReason(input);
  for (const id of ids) stop(id, { kind, reason });
  // As on AWS, what is not there counts as done.
  return { successful: ids, errors: [] };
};
