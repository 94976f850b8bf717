import { AwsError } from '../core/errors';

const TRANSIENT = /Throttl|TooManyRequests|Unavailable|Timeout|SlowDown|LimitExceeded/;

/** Whether another attempt may succeed: the other side was busy or broken, not unwilling. */
export const isTransient = (error: unknown): boolean =>
  error instanceof AwsError &&
  error.statusCode !== 501 &&
  (error.statusCode >= 500 || error.statusCode === 429 || TRANSIENT.test(error.code));

/** Most retries of one delivery: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
export const MAX_RETRIES = 185;

const LONGEST_MS = 480_000;

/** Wait before the given retry, counted from 1: short at first, and so long later that all of them take a day. */
export const backOff = (retry: number): number => Math.min(LONGEST_MS, 25 * 2 ** retry);
