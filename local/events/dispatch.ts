import type { World } from '../core/world';
import { createDeliveries } from '../delivery/deliveries';
import { keepUndelivered } from './dead-letter';
import type { BusEvent } from './event';
import type { Rule } from './rule';
import type { RuleStore } from './rule-store';
import { callerOf, type Target } from './target';

/** Brings events to the targets of rules, in the background. */
export interface Dispatcher {
  /** To the targets of all rules that match. */
  publish(event: BusEvent): void;
  /** To the targets of one rule, whatever its pattern. */
  fire(rule: Rule, event: BusEvent): void;
}

/** How late an event comes that others overtake, unless its fault says. */
const LATE_MS = 1000;

export const createDispatcher = (world: World, rules: RuleStore): Dispatcher => {
  const deliveries = createDeliveries(world);

  const deliver = (rule: Rule, target: Target, event: BusEvent): void => {
    deliveries.add({
      maxRetries: target.maxRetries,
      attempt: async () => {
        const principal = await callerOf(target, rule.arn, world);
        return target.destination({ event, text: target.input(event, rule), principal });
      },
      failed: (error, retries) => keepUndelivered(world, rule, target, event, error, retries),
    });
  };

  /** EventBridge may deliver an event again, and in another order: faults make it do so. */
  const fire = (rule: Rule, event: BusEvent): void => {
    const { faults, clock } = world;
    for (const target of rule.targets.values()) {
      const send = (): void => {
        deliver(rule, target, event);
      };
      const late = faults.strike('reorder', `events:${rule.name}`);
      if (late === undefined) send();
      else clock.after(late.milliseconds ?? LATE_MS, send);
      if (faults.strike('duplicate', `events:${rule.name}`) !== undefined) send();
    }
  };

  return {
    fire,
    publish: (event) => {
      for (const rule of rules.candidates(event.source)) {
        if (rule.targets.size > 0 && rule.pattern?.matches(event) === true) fire(rule, event);
      }
    },
  };
};
