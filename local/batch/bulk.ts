import { AwsError } from '../core/errors';
import type { Input, Output } from '../core/service';
import { clientError, readInput } from './checks';
import type { Stop } from './job';

const MAX_JOBS = 50;

/** Does to each job what CancelJob or TerminateJob does to one; what fails is told job by job. */
export const stopAll = (
  input: Input,
  kind: Stop['kind'],
  stop: (kind: Stop['kind'], input: Input) => unknown,
): Output => {
  const reader = readInput(input);
  const ids = reader.texts('jobs');
  if (ids.length < 1 || ids.length > MAX_JOBS) {
    throw clientError(`'jobs' must have 1 to ${MAX_JOBS} job ids, got ${ids.length}`);
  }
  const reason = reader.text('reason');
  const successful: string[] = [];
  const errors: Output[] = [];
  for (const jobId of ids) {
    try {
      stop(kind, { jobId, reason });
      successful.push(jobId);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ job: jobId, code: error.code, message: error.message });
    }
  }
  return { successful, errors };
};
