import type { Service } from '../core/service';
import type { World } from '../core/world';
import { createDispatcher } from './dispatch';
import { putEvents } from './put-events';
import { ruleOperations } from './rule-operations';
import { createRuleStore } from './rule-store';
import { createScheduleClock } from './schedule-clock';
import { tagOperations } from './tag-operations';
import { targetOperations } from './target-operations';

/** Amazon EventBridge: the default bus, its rules and their targets. */
export const createEvents = (world: World): Service => {
  const rules = createRuleStore(world);
  const dispatcher = createDispatcher(world, rules);
  const clock = createScheduleClock(world, rules, dispatcher);
  world.onOpen(() => {
    clock.refresh();
  });
  return {
    name: 'events',
    operations: {
      ...ruleOperations(world, rules, clock),
      ...tagOperations(rules),
      ...targetOperations(world, rules),
      PutEvents: putEvents(world, dispatcher),
    },
  };
};
