import { ruleNotFound } from './errors';
import { Reader } from '../core/reader';
import type { Input } from '../core/service';
import type { World } from '../core/world';
import { type Rule, ruleOf } from './rule';
import { targetOf } from './target';

/** The rules of the default bus, found by name and by the sources they listen to. */
export interface RuleStore {
  all(): readonly Rule[];
  find(name: string): Rule | undefined;
  /** Refuses a name that no rule has. */
  get(name: string): Rule;
  put(rule: Rule): void;
  remove(name: string): void;
  /** Enabled rules whose pattern may match an event of this source. */
  candidates(source: string): readonly Rule[];
}

/** A rule as it is kept: as it was asked for. */
interface Kept {
  readonly request: Input;
  readonly targets: readonly Input[];
  readonly enabled: boolean;
  readonly tags: ReadonlyMap<string, string>;
}

const requestOf = ({ name, description, roleArn, eventPattern, scheduleExpression }: Rule): Input => ({
  ...{ Name: name, Description: description, RoleArn: roleArn },
  ...{ EventPattern: eventPattern, ScheduleExpression: scheduleExpression },
});

const ruleFrom = ({ request, targets, enabled, tags }: Kept, world: World): Rule => {
  const made = targets.map((values) => targetOf(new Reader(values), world));
  const rule = ruleOf(new Reader(request), world, undefined);
  return { ...rule, enabled, tags, targets: new Map(made.map((target) => [target.id, target])) };
};

export const createRuleStore = (world: World): RuleStore => {
  const kept = world.collection<Kept>('events/rules');
  const rules = new Map([...kept].map(([name, one]) => [name, ruleFrom(one, world)]));
  // Thousands of events come between two changes of the rules: what a source may reach is worked out once.
  const bySource = new Map<string, readonly Rule[]>();

  return {
    all: () => [...rules.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    find: (name) => rules.get(name),
    get: (name) => {
      const rule = rules.get(name);
      if (rule === undefined) throw ruleNotFound(name);
      return rule;
    },
    put: (rule) => {
      const targets = [...rule.targets.values()].map(({ values }) => values);
      rules.set(rule.name, rule);
      kept.set(rule.name, { request: requestOf(rule), targets, enabled: rule.enabled, tags: rule.tags });
      bySource.clear();
    },
    remove: (name) => {
      rules.delete(name);
      kept.delete(name);
      bySource.clear();
    },
    candidates: (source) => {
      const known = bySource.get(source);
      if (known !== undefined) return known;
      const found = [...rules.values()].filter(
        ({ enabled, pattern, sources }) =>
          enabled && pattern !== undefined && (sources === undefined || sources.includes(source)),
      );
      // Sources come from callers; the memory for them stays bounded.
      if (bySource.size >= 1_000) bySource.clear();
      bySource.set(source, found);
      return found;
    },
  };
};
