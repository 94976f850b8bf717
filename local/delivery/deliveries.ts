import type { World } from '../core/world';
import { backOff, isTransient, MAX_RETRIES } from './retry';

/** Something that is to reach somebody, in the background. */
export interface Delivery {
  /** One try; rejects when it fails. */
  readonly attempt: () => Promise<unknown>;
  readonly maxRetries?: number;
  /** Called once, when there will be no further attempt. */
  readonly failed: (error: unknown, retries: number) => void | Promise<void>;
}

/** Delivers in the background, in the order of arrival and a limited number at a time. */
export interface Deliveries {
  add(delivery: Delivery): void;
}

const MAX_IN_FLIGHT = 64;

/** Deliveries that end with their world. */
export const createDeliveries = (world: World): Deliveries => {
  let waiting: { delivery: Delivery; retries: number }[] = [];
  let next = 0;
  let inFlight = 0;
  let scheduled = false;
  let open = true;

  const attempt = async (delivery: Delivery, retries: number): Promise<void> => {
    try {
      await delivery.attempt();
    } catch (error) {
      if (!open) return;
      if (isTransient(error) && retries < Math.min(delivery.maxRetries ?? MAX_RETRIES, MAX_RETRIES)) {
        world.clock.after(backOff(retries + 1), () => {
          enqueue(delivery, retries + 1);
        });
        return;
      }
      await delivery.failed(error, retries);
    }
  };

  const drain = (): void => {
    scheduled = false;
    while (open && inFlight < MAX_IN_FLIGHT) {
      const entry = waiting.at(next);
      if (entry === undefined) break;
      next += 1;
      inFlight += 1;
      void attempt(entry.delivery, entry.retries)
        .catch((error: unknown) => {
          world.note(`a delivery was lost: ${String(error)}`);
        })
        .finally(() => {
          inFlight -= 1;
          schedule();
        });
    }
    // Dropping the head now and then keeps both the array short and each step cheap.
    if (next > 1_000 || next === waiting.length) {
      waiting = waiting.slice(next);
      next = 0;
    }
  };

  const schedule = (): void => {
    if (scheduled || next >= waiting.length) return;
    scheduled = true;
    setImmediate(drain);
  };

  const enqueue = (delivery: Delivery, retries: number): void => {
    if (!open) return;
    waiting.push({ delivery, retries });
    schedule();
  };

  world.onClose(() => {
    open = false;
    waiting = [];
    next = 0;
  });

  return {
    add: (delivery) => {
      enqueue(delivery, 0);
    },
  };
};
