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

  const fire = (rule: Rule, event: BusEvent): void => {
    for (const target of rule.targets.values()) deliver(rule, target, event);
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
