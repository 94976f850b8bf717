import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import { Reader } from '../../../local/core/reader';
import { createWorld } from '../../../local/core/world';
import { createDeliveries, type Failure, type Route } from '../../../local/delivery/deliveries';
import { SNS_RETRIES, targetRetries } from '../../../local/delivery/retry';
import { createTestWorld, type TestWorld } from '../support';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld([]);
});
afterEach(() => world.close());

const throttled = new AwsError('ThrottlingException', 'slow down', 400);
const policyOf = (RetryPolicy: object = {}) => targetRetries(new Reader({ RetryPolicy }));

/** Deliveries of one kind, by default with the policy of EventBridge. */
const deliver = <T>(thing: T, { attempt, ...route }: Pick<Route<T>, 'attempt'> & Partial<Route<T>>) => {
  const deliveries = createDeliveries<T>(world, 'test/deliveries', {
    ...{ policy: () => policyOf(), failed: () => undefined, ...route },
    attempt,
  });
  deliveries.add(thing);
  return deliveries;
};

/** Delivers once, failing as told, while hours go by; answers what happened. */
const story = async (errors: readonly Error[], retryPolicy: object = {}): Promise<string> => {
  const tries: number[] = [];
  const ended: string[] = [];
  deliver('x', {
    policy: () => policyOf(retryPolicy),
    attempt: async (_, retries) => {
      tries.push(retries);
      await Promise.resolve();
      const error = errors.at(retries);
      if (error !== undefined) throw error;
      ended.push('delivered');
    },
    failed: (_, { error, retries, exhausted }) => {
      ended.push(`failed with ${String(error)}, ${retries} retries, ${exhausted ?? 'in vain'}`);
    },
  });
  await vi.waitFor(async () => {
    await world.clock.advance(600_000);
    expect(ended).toHaveLength(1);
  });
  expect(tries).toEqual(tries.map((_, index) => index));
  return ended[0] ?? '';
};

test.each([
  ['at once', [], {}, 'delivered'],
  ['after throttling', [throttled, throttled], {}, 'delivered'],
  ['after a server error', [new AwsError('InternalError', 'broken', 500)], {}, 'delivered'],
  [
    'not, when refused',
    [new AwsError('AccessDenied', 'no', 403)],
    {},
    'failed with AccessDenied: no, 0 retries, in vain',
  ],
  [
    'not, when unsupported',
    [new AwsError('NotImplemented', 'no', 501)],
    {},
    'failed with NotImplemented: no, 0 retries, in vain',
  ],
  ['not, on a bug', [new TypeError('oops')], {}, 'failed with TypeError: oops, 0 retries, in vain'],
  [
    'not, without retries',
    [throttled],
    { MaximumRetryAttempts: 0 },
    'failed with ThrottlingException: slow down, 0 retries, MaximumRetryAttempts',
  ],
  [
    'not, after one retry',
    [throttled, throttled],
    { MaximumRetryAttempts: 1 },
    'failed with ThrottlingException: slow down, 1 retries, MaximumRetryAttempts',
  ],
])('delivers %s', async (_, errors, retryPolicy, outcome) => {
  expect(await story(errors, retryPolicy)).toBe(outcome);
});

describe('a target that never answers', () => {
  /** Milliseconds and retries until a delivery is given up. */
  const givenUp = async (retryPolicy: object, step: number): Promise<Failure & { readonly after: number }> => {
    const start = world.clock.now();
    const failures: (Failure & { readonly after: number })[] = [];
    deliver('x', {
      policy: () => policyOf(retryPolicy),
      attempt: () => Promise.reject(throttled),
      failed: (_, failure) => {
        failures.push({ ...failure, after: world.clock.now() - start });
      },
    });
    while (failures.length === 0) await world.clock.advance(step);
    return failures[0];
  };

  test('is tried for a day at most, and 185 times', async () => {
    const { after, retries, exhausted } = await givenUp({}, 60_000);
    expect(after).toBeGreaterThan(20 * 3_600_000);
    expect(after).toBeLessThanOrEqual(24 * 3_600_000);
    expect(retries).toBeGreaterThan(170);
    expect(exhausted).toMatch(/^Maximum(RetryAttempts|EventAgeInSeconds)$/);
  });

  test('is not tried any more for an event that is too old', async () => {
    const { after, retries, exhausted } = await givenUp({ MaximumEventAgeInSeconds: 60 }, 500);
    expect(exhausted).toBe('MaximumEventAgeInSeconds');
    expect(after).toBeLessThanOrEqual(60_000);
    expect(retries).toBeGreaterThan(5);
  });
});

test('what waits for another attempt is still there after a restart, and so is its story', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'deliveries-'));
  const seen: string[] = [];
  const run = async (attempt: Route<string>['attempt'], until: () => void): Promise<void> => {
    const options = { url: 'http://127.0.0.1:1', directory, services: [], note: () => undefined, persistent: true };
    const open = createWorld(options);
    const route = { policy: () => policyOf(), failed: () => undefined, attempt };
    const deliveries = createDeliveries<string>(open.world, 'test/deliveries', route);
    await open.resume();
    if (seen.length === 0) deliveries.add('letter');
    await vi.waitFor(async () => {
      await open.world.clock.advance(1000);
      until();
    });
    await open.close();
  };
  const fail: Route<string>['attempt'] = (_, retries) => {
    seen.push(`try ${retries}`);
    return Promise.reject(throttled);
  };
  await run(fail, () => {
    expect(seen.length).toBeGreaterThan(1);
  });
  const tried = seen.length;
  const succeed: Route<string>['attempt'] = (thing, retries) => Promise.resolve(seen.push(`${thing} after ${retries}`));
  await run(succeed, () => {
    expect(seen.at(tried)).toBe(`letter after ${tried}`);
  });
  await rm(directory, { recursive: true });
});

test('SNS tries again 3 times at once, twice after a second, ten times slower and slower, then every 20 seconds', () => {
  const waits = Array.from({ length: 17 }, (_, index) => SNS_RETRIES.wait(index + 1) / 1000);
  expect(waits).toEqual([0, 0, 0, 1, 1, 1, 2, 4, 8, 16, 20, 20, 20, 20, 20, 20, 20]);
  expect(SNS_RETRIES.maxRetries).toBe(3 + 2 + 10 + 100_000);
});

describe('many deliveries', () => {
  test('run a limited number at a time, in order, and all of them', async () => {
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const count = 3_000;
    const deliveries = createDeliveries<number>(world, 'test/many', {
      policy: () => policyOf(),
      failed: () => undefined,
      attempt: async (index) => {
        order.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      },
    });
    for (let index = 0; index < count; index += 1) deliveries.add(index);
    expect(order).toEqual([]);
    await vi.waitFor(() => {
      expect(order).toHaveLength(count);
    });
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(most).toBe(64);
  });

  test('end with their world', async () => {
    const attempt = vi.fn(() => Promise.resolve());
    const deliveries = deliver('x', { attempt });
    await world.close();
    deliveries.add('y');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(attempt).not.toHaveBeenCalled();
  });
});

test('tells the person when even the handling of a failure fails', async () => {
  deliver('x', {
    attempt: () => Promise.reject(new AwsError('AccessDenied', 'no', 403)),
    failed: () => Promise.reject(new Error('the dead-letter queue is gone')),
  });
  await vi.waitFor(() => {
    expect(world.notes).toEqual(['a delivery was lost: Error: the dead-letter queue is gone']);
  });
});
