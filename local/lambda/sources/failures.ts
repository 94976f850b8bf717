import { isRecord } from '../../core/json';
import type { InvocationResult } from '../invocation';

/**
 * Which messages of a batch failed: all of them with the function, else those that its answer names. An answer that
 * cannot be read, or that names what is not in the batch, fails them all:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const failedOf = (
  result: InvocationResult,
  reportsFailures: boolean,
  ids: readonly string[],
): ReadonlySet<string> => {
  if (result.failed) return new Set(ids);
  if (!reportsFailures) return new Set();
  const answer: unknown = JSON.parse(result.payload);
  const failures = isRecord(answer) ? (answer.batchItemFailures ?? []) : [];
  const named = Array.isArray(failures)
    ? failures.map((failure: unknown) => (isRecord(failure) ? failure.itemIdentifier : undefined))
    : [undefined];
  const known = named.filter((id) => typeof id === 'string' && ids.includes(id));
  return new Set(known.length === named.length ? ids.filter((id) => known.includes(id)) : ids);
};
