import type { Message } from './message';
import { createMessagePool, type Received } from './message-pool';
import { DEFAULT_ATTRIBUTES, redriveOf, type QueueAttributes } from './queue-attributes';

/** A standard queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly attributes: QueueAttributes;
  readonly tags: Map<string, string>;
  setAttributes(attributes: QueueAttributes): void;
  /** An attribute that is a number. */
  number(attribute: string): number;
  send(message: Message, delaySeconds: number): void;
  /** Takes what is there, and waits for the first message if there is none. */
  receive(max: number, visibilitySeconds: number, waitSeconds: number): Promise<readonly Received[]>;
  remove(handle: string): boolean;
  changeVisibility(handle: string, seconds: number): boolean;
  purge(): void;
  counts(): { readonly ready: number; readonly inFlight: number; readonly delayed: number };
  /** Lets all waiting consumers go empty-handed. */
  close(): void;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly attributes: QueueAttributes;
  /** Finds a dead-letter queue. */
  readonly findByArn: (arn: string) => Queue | undefined;
}

interface Waiter {
  readonly serve: () => boolean;
  readonly giveUp: () => void;
}

/** Makes an empty queue. */
export const createQueue = ({ name, arn, url, attributes: given, findByArn }: QueueOptions): Queue => {
  const pool = createMessagePool();
  const createdAt = new Date();
  const waiters = new Set<Waiter>();
  let modifiedAt = createdAt;
  let attributes: QueueAttributes = { ...DEFAULT_ATTRIBUTES, ...given };
  let alarm: NodeJS.Timeout | undefined;

  const number = (attribute: string): number => Number(attributes[attribute]);

  /** Drops what is too old, and moves to the dead-letter queue what was received too often. */
  const clean = (): void => {
    const oldest = Date.now() - number('MessageRetentionPeriod') * 1_000;
    while (pool.takeOutIf(({ sentAt }) => sentAt < oldest) !== undefined);
    const redrive = redriveOf(attributes);
    const deadLetters = redrive === undefined ? undefined : findByArn(redrive.deadLetterTargetArn);
    if (redrive === undefined || deadLetters === undefined) return;
    const isDead = ({ receivesInQueue }: Message): boolean => receivesInQueue >= redrive.maxReceiveCount;
    for (let dead = pool.takeOutIf(isDead); dead !== undefined; dead = pool.takeOutIf(isDead)) {
      dead.receivesInQueue = 0;
      deadLetters.send(dead, 0);
    }
  };

  const take = (max: number, visibilitySeconds: number): readonly Received[] => {
    const taken: Received[] = [];
    while (taken.length < max) {
      clean();
      const received = pool.take(Math.max(visibilitySeconds, 1) * 1_000);
      if (received === undefined) break;
      received.message.receives += 1;
      received.message.receivesInQueue += 1;
      received.message.firstReceivedAt ??= Date.now();
      taken.push(received);
    }
    // Visible again at once, but only after this take: nobody gets the same message twice in one answer.
    if (visibilitySeconds === 0) for (const { handle } of taken) pool.changeVisibility(handle, 0);
    return taken;
  };

  const serveWaiters = (): void => {
    clearTimeout(alarm);
    for (const waiter of waiters) if (!waiter.serve()) break;
    const next = pool.nextVisible();
    if (waiters.size > 0 && next !== undefined) alarm = setTimeout(serveWaiters, Math.max(1, next - Date.now()));
  };

  const wait = (max: number, visibilitySeconds: number, waitSeconds: number): Promise<readonly Received[]> =>
    new Promise((resolve) => {
      const finish = (received: readonly Received[]): void => {
        clearTimeout(timer);
        waiters.delete(waiter);
        resolve(received);
      };
      const waiter: Waiter = {
        serve: () => {
          const received = take(max, visibilitySeconds);
          if (received.length > 0) finish(received);
          return received.length > 0;
        },
        giveUp: () => {
          finish([]);
        },
      };
      const timer = setTimeout(waiter.giveUp, waitSeconds * 1_000);
      waiters.add(waiter);
      serveWaiters();
    });

  return {
    name,
    arn,
    url,
    createdAt,
    tags: new Map(),
    get modifiedAt() {
      return modifiedAt;
    },
    get attributes() {
      return attributes;
    },
    setAttributes: (changed) => {
      attributes = { ...attributes, ...changed };
      modifiedAt = new Date();
    },
    number,
    send: (message, delaySeconds) => {
      pool.add(message, delaySeconds * 1_000);
      if (waiters.size > 0) serveWaiters();
    },
    receive: (max, visibilitySeconds, waitSeconds) => {
      const received = take(max, visibilitySeconds);
      if (received.length > 0 || waitSeconds === 0) return Promise.resolve(received);
      return wait(max, visibilitySeconds, waitSeconds);
    },
    remove: (handle) => pool.remove(handle),
    changeVisibility: (handle, seconds) => {
      const changed = pool.changeVisibility(handle, seconds * 1_000);
      if (changed && waiters.size > 0) serveWaiters();
      return changed;
    },
    purge: () => {
      pool.clear();
    },
    counts: () => pool.counts(),
    close: () => {
      clearTimeout(alarm);
      for (const waiter of waiters) waiter.giveUp();
    },
  };
};
