import type { Timer } from '../core/clock';
import type { Collection } from '../core/collection';
import type { World } from '../core/world';
import type { Message } from './message';
import { type Held, MessagePool, type Received } from './message-pool';
import { redriveOf, type QueueAttributes } from './queue-attributes';

/** A queue as it is kept, but for its messages. */
export interface KeptQueue {
  readonly attributes: QueueAttributes;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly tags: Map<string, string>;
}

/** What a queue shares with all others. */
export interface QueuePlace {
  readonly world: World;
  readonly messages: Collection<Held>;
  /** Finds a dead-letter queue. */
  readonly findByArn: (arn: string) => Queue | undefined;
}

interface Waiter {
  readonly serve: () => boolean;
  readonly giveUp: () => void;
}

/** A standard queue. */
export class Queue {
  readonly arn: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly tags: Map<string, string>;
  private values: QueueAttributes;
  private changedAt: Date;
  private readonly pool: MessagePool;
  private readonly waiters = new Set<Waiter>();
  private alarm: Timer | undefined;
  private open = true;

  constructor(
    private readonly place: QueuePlace,
    readonly name: string,
    kept: KeptQueue,
  ) {
    const { world, messages } = place;
    this.arn = world.arn('sqs', name);
    this.url = `${world.url}/${world.account}/${name}`;
    this.pool = new MessagePool(name, world.clock, messages);
    this.values = kept.attributes;
    this.createdAt = kept.createdAt;
    this.changedAt = kept.modifiedAt;
    this.tags = kept.tags;
  }

  get attributes(): QueueAttributes {
    return this.values;
  }

  get modifiedAt(): Date {
    return this.changedAt;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.place.world.clock.now();
  }

  setAttributes(changed: QueueAttributes): void {
    this.values = { ...this.values, ...changed };
    this.changedAt = this.place.world.clock.date();
  }

  /** An attribute that is a number. */
  number(attribute: string): number {
    return Number(this.values[attribute]);
  }

  send(message: Message, delaySeconds: number): void {
    this.pool.add(message, delaySeconds * 1_000);
    if (this.waiters.size > 0) this.serveWaiters();
  }

  /** Takes what is there, and waits for the first message if there is none. */
  receive(max: number, visibilitySeconds: number, waitSeconds: number): Promise<readonly Received[]> {
    const received = this.take(max, visibilitySeconds);
    if (received.length > 0 || waitSeconds === 0 || !this.open) return Promise.resolve(received);
    return this.wait(max, visibilitySeconds, waitSeconds);
  }

  remove(handle: string): void {
    this.pool.remove(handle);
  }

  /** False when the message is not in flight. */
  changeVisibility(handle: string, seconds: number): boolean {
    const changed = this.pool.changeVisibility(handle, seconds * 1_000);
    if (changed && this.waiters.size > 0) this.serveWaiters();
    return changed;
  }

  purge(): void {
    this.pool.clear();
  }

  counts(): ReturnType<MessagePool['counts']> {
    return this.pool.counts();
  }

  /** Lets all waiting consumers go empty-handed. */
  close(): void {
    this.open = false;
    this.alarm?.cancel();
    for (const waiter of this.waiters) waiter.giveUp();
  }

  /** Drops what is too old, and moves to the dead-letter queue what was received too often. */
  private clean(): void {
    const { world, findByArn } = this.place;
    const oldest = world.clock.now() - this.number('MessageRetentionPeriod') * 1_000;
    while (this.pool.takeOutIf(({ sentAt }) => sentAt < oldest) !== undefined);
    const redrive = redriveOf(this.values);
    const deadLetters = redrive === undefined ? undefined : findByArn(redrive.deadLetterTargetArn);
    if (redrive === undefined || deadLetters === undefined) return;
    const isDead = ({ receivesInQueue }: Message): boolean => receivesInQueue >= redrive.maxReceiveCount;
    for (let dead = this.pool.takeOutIf(isDead); dead !== undefined; dead = this.pool.takeOutIf(isDead)) {
      dead.receivesInQueue = 0;
      deadLetters.send(dead, 0);
    }
  }

  private take(max: number, visibilitySeconds: number): readonly Received[] {
    const taken: Received[] = [];
    while (taken.length < max) {
      this.clean();
      const received = this.pool.take(Math.max(visibilitySeconds, 1) * 1_000);
      if (received === undefined) break;
      taken.push(received);
    }
    // Visible again at once, but only after this take: nobody gets the same message twice in one answer.
    if (visibilitySeconds === 0) for (const { handle } of taken) this.pool.changeVisibility(handle, 0);
    return taken;
  }

  private serveWaiters(): void {
    const { clock } = this.place.world;
    this.alarm?.cancel();
    for (const waiter of this.waiters) if (!waiter.serve()) break;
    const next = this.pool.nextVisible();
    if (this.waiters.size === 0 || next === undefined) return;
    this.alarm = clock.after(Math.max(1, next - clock.now()), () => {
      this.serveWaiters();
    });
  }

  private wait(max: number, visibilitySeconds: number, waitSeconds: number): Promise<readonly Received[]> {
    return new Promise((resolve) => {
      const finish = (received: readonly Received[]): void => {
        timer.cancel();
        this.waiters.delete(waiter);
        resolve(received);
      };
      const waiter: Waiter = {
        serve: () => {
          const received = this.take(max, visibilitySeconds);
          if (received.length > 0) finish(received);
          return received.length > 0;
        },
        giveUp: () => {
          finish([]);
        },
      };
      const timer = this.place.world.clock.after(waitSeconds * 1_000, waiter.giveUp);
      this.waiters.add(waiter);
      this.serveWaiters();
    });
  }
}
