import type { Timer } from '../core/clock';
import type { World } from '../core/world';
import type { Dispatcher } from './dispatch';
import { scheduledEvent } from './event';
import type { Rule } from './rule';
import type { RuleStore } from './rule-store';

const MINUTE_MS = 60_000;

/** Fires scheduled rules. */
export interface ScheduleClock {
  /** Looks at all rules anew. */
  refresh(): void;
}

export const createScheduleClock = (world: World, rules: RuleStore, dispatcher: Dispatcher): ScheduleClock => {
  const { clock } = world;
  let timers: Timer[] = [];

  const wait = (rule: Rule, after: number): void => {
    const next = rule.schedule?.next(after);
    if (next === undefined) return;
    const timer = clock.after(next - clock.now(), () => {
      // EventBridge promises the minute, not the second.
      const minute = new Date(Math.floor(next / MINUTE_MS) * MINUTE_MS);
      dispatcher.fire(rules.find(rule.name) ?? rule, scheduledEvent(rule.arn, minute, world));
      wait(rule, next);
    });
    timers.push(timer);
  };

  const stop = (): void => {
    for (const timer of timers) timer.cancel();
    timers = [];
  };

  world.onClose(stop);
  return {
    refresh: () => {
      stop();
      for (const rule of rules.all()) if (rule.enabled) wait(rule, clock.now());
    },
  };
};
