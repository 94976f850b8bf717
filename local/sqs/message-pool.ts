import { randomUUID } from 'node:crypto';
import type { Message } from './message';

/** A message and whether somebody may see it. */
interface Held {
  readonly message: Message;
  /** Milliseconds since 1970. */
  visibleAt: number;
  state: 'ready' | 'delayed' | 'in flight' | 'gone';
}

/** A message in the hands of a consumer. */
export interface Received {
  readonly message: Message;
  readonly handle: string;
}

/** The messages of one queue and their visibility. */
export interface MessagePool {
  add(message: Message, delayMs: number): void;
  /** Takes the next visible message and hides it. */
  take(visibilityMs: number): Received | undefined;
  /** Takes the next visible message out for good if it fulfils a condition. */
  takeOutIf(condition: (message: Message) => boolean): Message | undefined;
  /** False when the handle is not one of this queue. */
  remove(handle: string): boolean;
  /** False when the message is not in flight. */
  changeVisibility(handle: string, visibilityMs: number): boolean;
  clear(): void;
  /** When the next hidden message turns visible; undefined when none is hidden. */
  nextVisible(): number | undefined;
  counts(): { readonly ready: number; readonly inFlight: number; readonly delayed: number };
}

export const createMessagePool = (): MessagePool => {
  let ready: Held[] = [];
  let next = 0;
  const hidden = new Set<Held>();
  const handles = new Map<string, Held>();
  const handlesOf = new Map<Held, string[]>();
  let earliest = Number.POSITIVE_INFINITY;

  const hide = (held: Held, state: 'delayed' | 'in flight', visibleAt: number): void => {
    held.state = state;
    held.visibleAt = visibleAt;
    hidden.add(held);
    earliest = Math.min(earliest, visibleAt);
  };

  const show = (held: Held): void => {
    hidden.delete(held);
    held.state = 'ready';
    ready.push(held);
  };

  /** Shows what is due. Nothing is looked through before the first one is. */
  const refresh = (): void => {
    const now = Date.now();
    if (now < earliest) return;
    earliest = Number.POSITIVE_INFINITY;
    for (const held of hidden) {
      if (held.visibleAt <= now) show(held);
      else earliest = Math.min(earliest, held.visibleAt);
    }
  };

  const drop = (held: Held): void => {
    held.state = 'gone';
    hidden.delete(held);
    for (const handle of handlesOf.get(held) ?? []) handles.delete(handle);
    handlesOf.delete(held);
  };

  const peek = (): Held | undefined => {
    refresh();
    while (next < ready.length && ready[next].state !== 'ready') next += 1;
    const held = ready.at(next);
    if (next > 1_000 || held === undefined) {
      ready = ready.slice(next);
      next = 0;
    }
    return held;
  };

  return {
    add: (message, delayMs) => {
      const held: Held = { message, visibleAt: 0, state: 'ready' };
      if (delayMs > 0) hide(held, 'delayed', Date.now() + delayMs);
      else ready.push(held);
    },
    take: (visibilityMs) => {
      const held = peek();
      if (held === undefined) return undefined;
      next += 1;
      const handle = randomUUID();
      handles.set(handle, held);
      handlesOf.set(held, [...(handlesOf.get(held) ?? []), handle]);
      hide(held, 'in flight', Date.now() + visibilityMs);
      return { message: held.message, handle };
    },
    takeOutIf: (condition) => {
      const held = peek();
      if (held === undefined || !condition(held.message)) return undefined;
      next += 1;
      drop(held);
      return held.message;
    },
    remove: (handle) => {
      const held = handles.get(handle);
      if (held === undefined) return false;
      drop(held);
      return true;
    },
    changeVisibility: (handle, visibilityMs) => {
      refresh();
      const held = handles.get(handle);
      if (held?.state !== 'in flight') return false;
      hide(held, 'in flight', Date.now() + visibilityMs);
      return true;
    },
    clear: () => {
      ready = [];
      next = 0;
      hidden.clear();
      handles.clear();
      handlesOf.clear();
      earliest = Number.POSITIVE_INFINITY;
    },
    nextVisible: () => (hidden.size === 0 ? undefined : earliest),
    counts: () => {
      refresh();
      const states = [...hidden].map(({ state }) => state);
      const delayed = states.filter((state) => state === 'delayed').length;
      return {
        ready: ready.slice(next).filter(({ state }) => state === 'ready').length,
        inFlight: states.length - delayed,
        delayed,
      };
    },
  };
};
