import type { World } from '../core/world';
import { createDeliveries } from '../delivery/deliveries';
import { targetRetries } from '../delivery/retry';
import { Reader } from '../core/reader';
import { keepUndelivered } from './dead-letter';
import type { BusEvent } from './event';
import type { Rule } from './rule';
import type { RuleStore } from './rule-store';
import { callerOf } from './target';

/** Brings events to the targets of rules, in the background. */
export interface Dispatcher {
  /** To the targets of all rules that match. */
  publish(event: BusEvent): void;
  /** To the targets of one rule, whatever its pattern. */
  fire(rule: Rule, event: BusEvent): void;
}

/** An event on its way to a target. */
interface Shipped {
  readonly ruleName: string;
  readonly targetId: string;
  readonly event: BusEvent;
}

/** How late an event comes that others overtake, unless its fault says. */
const LATE_MS = 1000;

export const createDispatcher = (world: World, rules: RuleStore): Dispatcher => {
  /** The rule and the target as they are now; neither may be there any more. */
  const placeOf = ({ ruleName, targetId }: Shipped) => {
    const rule = rules.find(ruleName);
    const target = rule?.targets.get(targetId);
    return rule === undefined || target === undefined ? undefined : { rule, target };
  };
  const deliveries = createDeliveries<Shipped>(world, 'events/deliveries', {
    policy: (shipped) => targetRetries(new Reader(placeOf(shipped)?.target.values ?? {})),
    attempt: async (shipped) => {
      const place = placeOf(shipped);
      if (place === undefined) return;
      const { rule, target } = place;
      const { event } = shipped;
      const principal = await callerOf(target, rule.arn, world);
      await target.destination({ event, text: target.input(event, rule), principal });
    },
    failed: async (shipped, failure) => {
      const place = placeOf(shipped);
      if (place !== undefined) await keepUndelivered(world, place.rule, place.target, shipped.event, failure);
    },
  });

  /** EventBridge may deliver an event again, and in another order: faults make it do so. */
  const fire = (rule: Rule, event: BusEvent): void => {
    const { faults, clock } = world;
    for (const target of rule.targets.values()) {
      const send = (): void => {
        deliveries.add({ ruleName: rule.name, targetId: target.id, event });
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
