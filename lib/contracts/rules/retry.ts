import type { Range } from './range';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html */
export const ATTEMPTS: Range = [1, 10];
export const MAX_RETRY_RULES = 5;

/** What a pattern of a retry rule is made of (https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html). */
export interface RetryPattern {
  readonly allowed: RegExp;
  readonly characters: string;
}

export const EXIT_CODE_PATTERN: RetryPattern = { allowed: /^\d*\*?$/, characters: 'digits' };

export const REASON_PATTERN: RetryPattern = {
  allowed: /^[A-Za-z0-9.:\s]*\*?$/,
  characters: 'letters, digits, points, colons and blanks',
};

/** Whether AWS Batch takes a pattern of a retry rule. */
export const isRetryPattern = (text: string, { allowed }: RetryPattern): boolean =>
  text.length >= 1 && text.length <= 512 && allowed.test(text);
