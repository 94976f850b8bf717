import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import { createDeliveries, type Deliveries } from '../../../local/delivery/deliveries';
import { createTestWorld, type TestWorld } from '../support';

let world: TestWorld;
let deliveries: Deliveries;

beforeEach(async () => {
  world = await createTestWorld([]);
  deliveries = createDeliveries(world);
});
afterEach(() => world.close());

const throttled = new AwsError('ThrottlingException', 'slow down', 400);

/** Delivers once, failing as told; answers what happened. */
const deliver = (errors: readonly Error[], maxRetries?: number): Promise<string> =>
  new Promise((resolve) => {
    let attempts = 0;
    deliveries.add({
      attempt: async () => {
        const error = errors.at(attempts);
        attempts += 1;
        await Promise.resolve();
        if (error !== undefined) throw error;
        resolve(`delivered after ${attempts}`);
      },
      maxRetries,
      failed: (error, retries) => {
        resolve(`failed after ${attempts} with ${String(error)}, ${retries} retries`);
      },
    });
  });

test.each([
  ['at once', [], undefined, 'delivered after 1'],
  ['after throttling', [throttled, throttled], undefined, 'delivered after 3'],
  ['after a server error', [new AwsError('InternalError', 'broken', 500)], undefined, 'delivered after 2'],
  [
    'not, when refused',
    [new AwsError('AccessDenied', 'no', 403)],
    undefined,
    'failed after 1 with AccessDenied: no, 0 retries',
  ],
  [
    'not, when unsupported',
    [new AwsError('NotImplemented', 'no', 501)],
    undefined,
    'failed after 1 with NotImplemented: no, 0 retries',
  ],
  ['not, without retries', [throttled], 0, 'failed after 1 with ThrottlingException: slow down, 0 retries'],
  ['not, after one retry', [throttled, throttled], 1, 'failed after 2 with ThrottlingException: slow down, 1 retries'],
  ['not, on a bug', [new TypeError('oops')], undefined, 'failed after 1 with TypeError: oops, 0 retries'],
])('delivers %s', async (_, errors, maxRetries, outcome) => {
  expect(await deliver(errors, maxRetries)).toBe(outcome);
});

describe('many deliveries', () => {
  test('run a limited number at a time, in order, and all of them', async () => {
    const order: number[] = [];
    let running = 0;
    let most = 0;
    const count = 3_000;
    for (let index = 0; index < count; index += 1) {
      deliveries.add({
        attempt: async () => {
          order.push(index);
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        },
        failed: () => undefined,
      });
    }
    expect(order).toEqual([]);
    await vi.waitFor(() => {
      expect(order).toHaveLength(count);
    });
    expect(order).toEqual([...order].sort((left, right) => left - right));
    expect(most).toBe(64);
  });

  test('end with their world', async () => {
    const attempt = vi.fn(() => Promise.resolve());
    deliveries.add({ attempt, failed: () => undefined });
    await world.close();
    deliveries.add({ attempt, failed: () => undefined });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(attempt).not.toHaveBeenCalled();
  });
});

test('tells the person when even the handling of a failure fails', async () => {
  deliveries.add({
    attempt: () => Promise.reject(new AwsError('AccessDenied', 'no', 403)),
    failed: () => Promise.reject(new Error('the dead-letter queue is gone')),
  });
  await vi.waitFor(() => {
    expect(world.notes).toEqual(['a delivery was lost: Error: the dead-letter queue is gone']);
  });
});
