import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { after, sleep } from '../../../local/states/language/sleep';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const DAY = 86_400_000;

describe('a timer', () => {
  test.each([1, 2 ** 31 - 1, 2 ** 31, 30 * DAY, 365 * DAY])('of %i ms acts then, and not before', (milliseconds) => {
    const action = vi.fn();
    after(milliseconds, action);
    vi.advanceTimersByTime(milliseconds - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });

  test('is called off even in a later piece', () => {
    const action = vi.fn();
    const cancel = after(60 * DAY, action);
    vi.advanceTimersByTime(59 * DAY);
    cancel();
    vi.advanceTimersByTime(10 * DAY);
    expect(action).not.toHaveBeenCalled();
  });
});

test('a sleep ends early with the reason of its signal', async () => {
  const controller = new AbortController();
  const sleeping = sleep(DAY, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  expect(vi.getTimerCount()).toBe(0);
});
