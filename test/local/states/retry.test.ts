import { describe, expect, test } from 'vitest';
import { StateFailure } from '../../../local/states/language/failure';
import { matches, RetryCounter, retryDelay, type Retrier } from '../../../local/states/language/retry';

const retrier = (more: Partial<Retrier> = {}): Retrier => ({
  ...{ errorEquals: ['States.ALL'], intervalSeconds: 1, maxAttempts: 3, backoffRate: 2, jitter: false },
  ...more,
});

describe('an error', () => {
  test.each([
    ['Batch.JobFailed', ['Batch.JobFailed'], true],
    ['Batch.JobFailed', ['Batch.ClientException'], false],
    ['Batch.JobFailed', ['States.ALL'], true],
    ['Batch.JobFailed', ['States.TaskFailed'], true],
    ['States.Timeout', ['States.TaskFailed'], false],
    ['States.Timeout', ['States.Timeout'], true],
    ['States.Timeout', ['States.ALL'], true],
    ['States.DataLimitExceeded', ['States.ALL'], false],
    ['States.DataLimitExceeded', ['States.DataLimitExceeded'], true],
    ['States.Runtime', ['States.ALL', 'States.Runtime'], false],
  ])('%s is matched by %j: %s', (error, errorEquals, expected) => {
    expect(matches(errorEquals, new StateFailure(error))).toBe(expected);
  });
});

describe('a retry', () => {
  test.each([
    [1, {}, 1_000],
    [3, {}, 4_000],
    [3, { backoffRate: 1 }, 1_000],
    [5, { maxDelaySeconds: 6 }, 6_000],
    [2, { intervalSeconds: 5, backoffRate: 1.5 }, 7_500],
  ])('with number %i and %j waits %i ms', (attempt, more, expected) => {
    expect(retryDelay(retrier(more), attempt)).toBe(expected);
  });

  test('with full jitter waits any part of its delay', () => {
    expect(retryDelay(retrier({ jitter: true }), 2, () => 0.25)).toBe(500);
  });

  test('is counted for each rule on its own', () => {
    const counter = new RetryCounter([retrier({ errorEquals: ['A'], maxAttempts: 1 }), retrier({ maxAttempts: 2 })]);
    const delays = ['A', 'B', 'A', 'B', 'B', 'A'].map((error) => counter.next(new StateFailure(error)));
    expect(delays).toEqual([1_000, 1_000, undefined, 2_000, undefined, undefined]);
  });

  test('never happens with zero attempts', () => {
    expect(new RetryCounter([retrier({ maxAttempts: 0 })]).next(new StateFailure('A'))).toBeUndefined();
  });
});
