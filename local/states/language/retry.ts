import type { StateFailure } from './failure';

/** One rule of a state's `Retry`. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitter: boolean;
}

/** Errors that no wildcard matches: the definition has to name them. */
const NEVER_BY_WILDCARD: readonly string[] = ['States.DataLimitExceeded', 'States.Runtime'];

const TIMEOUTS: readonly string[] = ['States.Timeout', 'States.HeartbeatTimeout'];

/** True when `ErrorEquals` matches the failure. */
export const matches = (errorEquals: readonly string[], failure: StateFailure): boolean =>
  errorEquals.some((name) => {
    if (name === failure.error) return failure.error !== 'States.Runtime';
    if (NEVER_BY_WILDCARD.includes(failure.error)) return false;
    if (name === 'States.Timeout') return failure.error === 'States.HeartbeatTimeout';
    return name === 'States.ALL' || (name === 'States.TaskFailed' && !TIMEOUTS.includes(failure.error));
  });

/** Milliseconds to wait before the retry with this number; the first is 1. */
export const retryDelay = (retrier: Retrier, attempt: number, random: () => number = Math.random): number => {
  const seconds = Math.min(
    retrier.intervalSeconds * retrier.backoffRate ** (attempt - 1),
    retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  return seconds * 1_000 * (retrier.jitter ? random() : 1);
};

/** Counts the retries of one state: each rule on its own. */
export class RetryCounter {
  private readonly attempts = new Map<Retrier, number>();

  constructor(private readonly retriers: readonly Retrier[]) {}

  /** Milliseconds to wait before another attempt; undefined when there is none. */
  next(failure: StateFailure): number | undefined {
    const retrier = this.retriers.find(({ errorEquals }) => matches(errorEquals, failure));
    if (retrier === undefined) return undefined;
    const attempt = (this.attempts.get(retrier) ?? 0) + 1;
    if (attempt > retrier.maxAttempts) return undefined;
    this.attempts.set(retrier, attempt);
    return retryDelay(retrier, attempt);
  }
}
