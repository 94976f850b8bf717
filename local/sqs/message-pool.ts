import { randomUUID } from 'node:crypto';
import type { Clock } from '../core/clock';
import type { Collection } from '../core/collection';
import { AwsError } from '../core/errors';
import type { Message } from './message';

/** A message in a queue, and whether somebody may see it. */
export interface Held {
  readonly queue: string;
  readonly message: Message;
  /** Milliseconds since 1970. */
  visibleAt: number;
  state: 'ready' | 'delayed' | 'in flight' | 'gone';
  /** Every receipt; each is good for the message as long as it is there. */
  readonly handles: string[];
}

/** A message in the hands of a consumer. */
export interface Received {
  readonly message: Message;
  readonly handle: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MAX_IN_FLIGHT = 120_000;

const keyOf = ({ queue, message }: Held): string => `${queue}/${message.id}`;

/** The messages of one queue and their visibility. */
export class MessagePool {
  private ready: Held[] = [];
  private next = 0;
  private readonly hidden = new Set<Held>();
  private readonly handles = new Map<string, Held>();
  private earliest = Number.POSITIVE_INFINITY;

  constructor(
    private readonly queue: string,
    private readonly clock: Clock,
    private readonly kept: Collection<Held>,
  ) {
    for (const held of kept.values()) {
      if (held.queue !== queue) continue;
      for (const handle of held.handles) this.handles.set(handle, held);
      if (held.state === 'ready') this.ready.push(held);
      else this.hide(held, held.state, held.visibleAt);
    }
  }

  add(message: Message, delayMs: number): void {
    const held: Held = { queue: this.queue, message, visibleAt: 0, state: 'ready', handles: [] };
    if (delayMs > 0) this.hide(held, 'delayed', this.clock.now() + delayMs);
    else this.ready.push(held);
    this.keep(held);
  }

  /** Takes the next visible message and hides it. */
  take(visibilityMs: number): Received | undefined {
    const held = this.peek();
    if (held === undefined) return undefined;
    if (this.hidden.size >= MAX_IN_FLIGHT && this.counts().inFlight >= MAX_IN_FLIGHT) {
      throw new AwsError('OverLimit', `A queue has at most ${MAX_IN_FLIGHT} messages in flight.`, 403);
    }
    this.next += 1;
    const { message } = held;
    message.receives += 1;
    message.receivesInQueue += 1;
    message.firstReceivedAt ??= this.clock.now();
    const handle = randomUUID();
    this.handles.set(handle, held);
    held.handles.push(handle);
    this.hide(held, 'in flight', this.clock.now() + visibilityMs);
    this.keep(held);
    return { message, handle };
  }

  /** Takes the next visible message out for good if it fulfils a condition. */
  takeOutIf(condition: (message: Message) => boolean): Message | undefined {
    const held = this.peek();
    if (held === undefined || !condition(held.message)) return undefined;
    this.next += 1;
    this.drop(held);
    return held.message;
  }

  remove(handle: string): void {
    const held = this.handles.get(handle);
    if (held !== undefined) this.drop(held);
  }

  /** False when the message is not in flight. */
  changeVisibility(handle: string, visibilityMs: number): boolean {
    this.refresh();
    const held = this.handles.get(handle);
    if (held?.state !== 'in flight') return false;
    this.hide(held, 'in flight', this.clock.now() + visibilityMs);
    this.keep(held);
    return true;
  }

  clear(): void {
    for (const held of [...this.ready.slice(this.next), ...this.hidden]) this.drop(held);
  }

  /** When the next hidden message turns visible; undefined when none is hidden. */
  nextVisible(): number | undefined {
    return this.hidden.size === 0 ? undefined : this.earliest;
  }

  counts(): { readonly ready: number; readonly inFlight: number; readonly delayed: number } {
    this.refresh();
    const delayed = [...this.hidden].filter(({ state }) => state === 'delayed').length;
    const ready = this.ready.slice(this.next).filter(({ state }) => state === 'ready').length;
    return { ready, inFlight: this.hidden.size - delayed, delayed };
  }

  private keep(held: Held): void {
    this.kept.set(keyOf(held), held);
  }

  private hide(held: Held, state: Held['state'], visibleAt: number): void {
    held.state = state;
    held.visibleAt = visibleAt;
    this.hidden.add(held);
    this.earliest = Math.min(this.earliest, visibleAt);
  }

  /** Shows what is due. Nothing is looked through before the first one is. */
  private refresh(): void {
    const now = this.clock.now();
    if (now < this.earliest) return;
    this.earliest = Number.POSITIVE_INFINITY;
    for (const held of this.hidden) {
      if (held.visibleAt > now) {
        this.earliest = Math.min(this.earliest, held.visibleAt);
        continue;
      }
      this.hidden.delete(held);
      held.state = 'ready';
      this.ready.push(held);
    }
  }

  private drop(held: Held): void {
    held.state = 'gone';
    this.hidden.delete(held);
    for (const handle of held.handles) this.handles.delete(handle);
    this.kept.delete(keyOf(held));
  }

  private peek(): Held | undefined {
    this.refresh();
    while (this.next < this.ready.length && this.ready[this.next].state !== 'ready') this.next += 1;
    const held = this.ready.at(this.next);
    if (this.next > 1_000 || held === undefined) {
      this.ready = this.ready.slice(this.next);
      this.next = 0;
    }
    return held;
  }
}
