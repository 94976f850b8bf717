import { randomUUID } from 'node:crypto';
import { isTransient } from '../core/transient';
import type { World } from '../core/world';
import type { RetryPolicy } from './retry';

/** Why there will be no further attempt. */
export interface Failure {
  readonly error: unknown;
  readonly retries: number;
  /** What of its policy was used up; undefined when another attempt would have been of no use. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

/** How things of a kind reach somebody. */
export interface Route<T> {
  readonly policy: (thing: T) => RetryPolicy;
  /** One try, after so many retries; rejects when it fails. */
  readonly attempt: (thing: T, retries: number) => Promise<unknown>;
  /** Called once, when there will be no further attempt. */
  readonly failed: (thing: T, failure: Failure) => void | Promise<void>;
}

/** Delivers in the background, in the order of arrival and a limited number at a time. */
export interface Deliveries<T> {
  /** `thing` is plain: the endpoint keeps it until it is delivered, also over a restart. */
  add(thing: T): void;
}

interface Parcel<T> {
  readonly id: string;
  readonly thing: T;
  readonly retries: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly due: number;
}

const MAX_IN_FLIGHT = 64;

/** Deliveries that end with their world. `name` is that of the collection of what is on its way. */
export const createDeliveries = <T>(world: World, name: string, route: Route<T>): Deliveries<T> => {
  const { clock } = world;
  const parcels = world.collection<Parcel<T>>(name);
  let waiting: Parcel<T>[] = [];
  let next = 0;
  let inFlight = 0;
  let scheduled = false;
  let open = true;

  /** The next try, or what of the policy is used up. */
  const retryOf = (parcel: Parcel<T>): Parcel<T> | NonNullable<Failure['exhausted']> => {
    const { maxRetries, maxAgeMs, wait } = route.policy(parcel.thing);
    const retries = parcel.retries + 1;
    if (retries > maxRetries) return 'MaximumRetryAttempts';
    const due = clock.now() + wait(retries);
    return due > parcel.since + maxAgeMs ? 'MaximumEventAgeInSeconds' : { ...parcel, retries, due };
  };

  const attempt = async (parcel: Parcel<T>): Promise<void> => {
    const { id, thing, retries } = parcel;
    try {
      await route.attempt(thing, retries);
    } catch (error) {
      // What was under way when the endpoint stopped is tried again by the next one.
      if (!open) return;
      const retry = isTransient(error) ? retryOf(parcel) : undefined;
      if (typeof retry === 'object') {
        keep(retry);
        return;
      }
      await route.failed(thing, { error, retries, exhausted: retry });
    }
    if (open) parcels.delete(id);
  };

  const drain = (): void => {
    scheduled = false;
    while (open && inFlight < MAX_IN_FLIGHT) {
      const parcel = waiting.at(next);
      if (parcel === undefined) break;
      next += 1;
      inFlight += 1;
      void attempt(parcel)
        .catch((error: unknown) => {
          parcels.delete(parcel.id);
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

  const enqueue = (parcel: Parcel<T>): void => {
    if (!open) return;
    waiting.push(parcel);
    schedule();
  };

  const bring = (parcel: Parcel<T>): void => {
    const wait = parcel.due - clock.now();
    if (wait <= 0) enqueue(parcel);
    else {
      clock.after(wait, () => {
        enqueue(parcel);
      });
    }
  };

  const keep = (parcel: Parcel<T>): void => {
    parcels.set(parcel.id, parcel);
    bring(parcel);
  };

  world.onOpen(() => {
    for (const parcel of parcels.values()) bring(parcel);
  });
  world.onClose(() => {
    open = false;
    waiting = [];
    next = 0;
  });

  return {
    add: (thing) => {
      if (!open) return;
      const now = clock.now();
      keep({ id: randomUUID(), thing, retries: 0, since: now, due: now });
    },
  };
};
