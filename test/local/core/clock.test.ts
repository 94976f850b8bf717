import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Clock } from '../../../local/core/clock';

const HOUR = 3_600_000;
let clock: Clock;

beforeEach(() => {
  clock = new Clock();
});
afterEach(() => {
  clock.stop();
});

describe('a clock', () => {
  test('runs as time does', async () => {
    const before = clock.now();
    await clock.sleep(5);
    expect(clock.now() - before).toBeGreaterThanOrEqual(4);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50);
  });

  test('is ahead by what it was driven', async () => {
    await clock.advance(HOUR);
    expect(clock.now() - Date.now()).toBeGreaterThanOrEqual(HOUR - 50);
  });

  test('tells how far it was driven at each step, so that it is known when it is killed on the way', async () => {
    const told: number[] = [];
    const driven = new Clock(HOUR, (ahead) => told.push(Math.round(ahead / 1000)));
    driven.after(10_000, () => undefined);
    await driven.advance(30_000);
    expect(told).toEqual([3610, 3630]);
    driven.stop();
  });

  test('driven, runs what falls due in its order and at its time', async () => {
    const seen: [string, number][] = [];
    const start = clock.now();
    const note = (name: string) => () => seen.push([name, Math.round((clock.now() - start) / 1000)]);
    clock.after(20_000, note('second'));
    clock.after(10_000, note('first'));
    clock.after(HOUR, note('later'));
    await clock.advance(30_000);
    expect(seen).toEqual([
      ['first', 10],
      ['second', 20],
    ]);
  });

  test('driven, runs what something that fell due has set for the time in between', async () => {
    let rounds = 0;
    const everyMinute = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(60_000);
        rounds += 1;
      }
    };
    void everyMinute();
    // Each round begins a moment after the one before it has ended.
    await clock.advance(HOUR + 5000);
    expect(rounds).toBe(60);
  });

  test('waits longer than a timer of Node.js can', async () => {
    let isOver = false;
    clock.after(60 * 24 * HOUR, () => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).toBe(false);
    await clock.advance(60 * 24 * HOUR);
    expect(isOver).toBe(true);
  });

  test('after it was driven, what is left runs by itself', async () => {
    const over = clock.sleep(HOUR);
    await clock.advance(HOUR - 20);
    await over;
    expect(clock.now() - Date.now()).toBeGreaterThan(HOUR - 50);
  });

  test('forgets what is cancelled, aborted or left when it stops', async () => {
    const seen: string[] = [];
    clock.after(1000, () => seen.push('cancelled')).cancel();
    const abort = new AbortController();
    const sleeping = clock.sleep(1000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    clock.after(1000, () => seen.push('stopped'));
    clock.stop();
    await clock.advance(HOUR);
    expect(seen).toEqual([]);
  });

  test('does not begin to sleep when the signal came before', async () => {
    await expect(clock.sleep(1000, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });
});
