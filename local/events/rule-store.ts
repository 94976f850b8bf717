import { ruleNotFound } from './errors';
import type { Rule } from './rule';

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

export const createRuleStore = (): RuleStore => {
  const rules = new Map<string, Rule>();
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
      rules.set(rule.name, rule);
      bySource.clear();
    },
    remove: (name) => {
      rules.delete(name);
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
