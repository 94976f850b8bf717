import type { Clock } from './clock';
import { AwsError } from './errors';

const TRANSIENT = /Throttl|TooManyRequests|Unavailable|Timeout|SlowDown|LimitExceeded/;

/** Whether another attempt may succeed: the other side was busy or broken, not unwilling. */
export const isTransient = (error: unknown): boolean =>
  error instanceof AwsError &&
  error.statusCode !== 501 &&
  (error.statusCode >= 500 || error.statusCode === 429 || TRANSIENT.test(error.code));

const MAX_RETRIES = 15;
const LONGEST_WAIT_MS = 1000;

/** Tries again for some seconds what fails only for the moment. */
export const persistently = async <T>(clock: Clock, attempt: () => Promise<T>, retries = 0): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (retries >= MAX_RETRIES || !isTransient(error)) throw error;
    await clock.sleep(Math.min(LONGEST_WAIT_MS, 10 * 2 ** retries));
    return persistently(clock, attempt, retries + 1);
  }
};
