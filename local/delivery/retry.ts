import type { Reader } from '../core/reader';

/** How long, how often and at which intervals a service tries again. */
export interface RetryPolicy {
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  /** Milliseconds before a retry; the first is 1. */
  readonly wait: (retry: number) => number;
}

const DAY_MS = 86_400_000;
const LONGEST_MS = 480_000;

/** Short at first, and so long later that all retries together take about a day, each by chance a little more or less. */
const spread = (retry: number): number => Math.min(LONGEST_MS, 25 * 2 ** retry) * (0.75 + Math.random() / 2);

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const MAX_RETRIES = 185;

/** The `RetryPolicy` of a target of EventBridge or its Scheduler, with their defaults. */
export const targetRetries = (target: Reader): RetryPolicy => {
  const policy = target.optionalRecord('RetryPolicy');
  const seconds = policy?.optionalNumber('MaximumEventAgeInSeconds');
  return {
    maxRetries: policy?.optionalNumber('MaximumRetryAttempts') ?? MAX_RETRIES,
    maxAgeMs: seconds === undefined ? DAY_MS : seconds * 1000,
    wait: spread,
  };
};

/** Refuses the `RetryPolicy` of a target whose numbers are out of their ranges. */
export const checkRetries = (target: Reader, invalid: (message: string) => Error): void => {
  const policy = target.optionalRecord('RetryPolicy');
  const check = (name: string, min: number, max: number): void => {
    const value = policy?.optionalNumber(name);
    if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
    throw invalid(`${name} must be a whole number from ${min} to ${max}, got ${value}`);
  };
  check('MaximumRetryAttempts', 0, MAX_RETRIES);
  check('MaximumEventAgeInSeconds', 60, DAY_MS / 1000);
};

/** Phases of https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html: retries so far, milliseconds. */
const SNS_PHASES = [
  { until: 3, wait: () => 0 },
  { until: 5, wait: () => 1000 },
  { until: 15, wait: (retry: number) => Math.min(20_000, 1000 * 2 ** (retry - 6)) },
] as const;

/** How SNS delivers to endpoints that AWS manages. */
export const SNS_RETRIES: RetryPolicy = {
  maxRetries: 100_015,
  maxAgeMs: Infinity,
  wait: (retry) => SNS_PHASES.find(({ until }) => retry <= until)?.wait(retry) ?? 20_000,
};
