import type { World } from '../core/world';
import type { Dispatcher } from './dispatch';
import { scheduledEvent } from './event';
import type { RuleStore } from './rule-store';

const MINUTE_MS = 60_000;

/** Fires scheduled rules at the start of each minute of real time. */
export interface ScheduleClock {
  /** Runs only while there is a rule with a schedule. */
  refresh(): void;
}

export const createScheduleClock = (world: World, rules: RuleStore, dispatcher: Dispatcher): ScheduleClock => {
  let timer: NodeJS.Timeout | undefined;
  const hasSchedules = (): boolean => rules.all().some(({ schedule, enabled }) => enabled && schedule !== undefined);

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  const wait = (): void => {
    timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
  };

  const tick = (): void => {
    const minute = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
    for (const rule of rules.all()) {
      if (rule.enabled && rule.schedule?.isDue(minute) === true) {
        dispatcher.fire(rule, scheduledEvent(rule.arn, minute, world));
      }
    }
    wait();
  };

  world.onClose(stop);
  return {
    refresh: () => {
      if (!hasSchedules()) stop();
      else if (timer === undefined) wait();
    },
  };
};
