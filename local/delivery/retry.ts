import { AwsError } from '../core/errors';

const TRANSIENT = /Throttl|TooManyRequests|Unavailable|Timeout|SlowDown|LimitExceeded/;

/** Whether another attempt may succeed: the other side was busy or broken, not unwilling. */
export const isTransient = (error: unknown): boolean =>
  error instanceof AwsError &&
  error.statusCode !== 501 &&
  (error.statusCode >= 500 || error.statusCode === 429 || TRANSIENT.test(error.code));

/** Most retries of one delivery. AWS spreads up to 185 of them over 24 hours; here the last one comes after two seconds. */
export const MAX_RETRIES = 6;

/** Wait before the given retry, counted from 1. */
export const backOff = (retry: number): number => Math.min(1_000, 25 * 2 ** retry);
