import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { checkBus } from './bus';
import { invalid } from './errors';
import { checkedPattern, describeRule, ruleOf } from './rule';
import type { RuleStore } from './rule-store';
import type { ScheduleClock } from './schedule-clock';

const PAGES = { usual: 100, sizeIn: 'Limit' } as const;

const read = (input: Readonly<Record<string, unknown>>): Reader => {
  const reader = new Reader(input);
  checkBus(reader);
  return reader;
};

const EVENT_FIELDS = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const testEventPattern: Operation = (input) => {
  const reader = new Reader(input);
  const pattern = checkedPattern(reader.text('EventPattern'));
  let event: unknown;
  try {
    event = JSON.parse(reader.text('Event'));
  } catch {
    throw invalid('Parameter Event is not valid. Reason: it is not JSON.');
  }
  const fields = typeof event === 'object' && event !== null ? Object.keys(event) : [];
  const missing = EVENT_FIELDS.filter((name) => !fields.includes(name));
  if (missing.length > 0) throw invalid(`Parameter Event is not valid. Reason: it has no ${missing.join(', ')}.`);
  return { Result: pattern.matches(event) };
};

/** Operations on rules, and the test of a pattern. */
export const ruleOperations = (
  world: World,
  rules: RuleStore,
  clock: ScheduleClock,
): Readonly<Record<string, Operation>> => {
  const enable =
    (enabled: boolean): Operation =>
    (input) => {
      rules.put({ ...rules.get(read(input).text('Name')), enabled });
      clock.refresh();
      return {};
    };

  return {
    PutRule: (input) => {
      const reader = read(input);
      const rule = ruleOf(reader, world, rules.find(reader.text('Name')));
      rules.put(rule);
      clock.refresh();
      return { RuleArn: rule.arn };
    },
    DeleteRule: (input) => {
      const name = read(input).text('Name');
      if ((rules.find(name)?.targets.size ?? 0) > 0) throw invalid("Rule can't be deleted since it has targets.");
      rules.remove(name);
      clock.refresh();
      return {};
    },
    DescribeRule: (input) => ({ ...describeRule(rules.get(read(input).text('Name'))), CreatedBy: world.account }),
    ListRules: (input) => {
      const reader = read(input);
      const prefix = reader.optionalText('NamePrefix') ?? '';
      const found = rules.all().filter(({ name }) => name.startsWith(prefix));
      const { page, next } = pageOf(reader, found, PAGES, ({ name }) => name);
      return { Rules: page.map(describeRule), NextToken: next };
    },
    EnableRule: enable(true),
    DisableRule: enable(false),
    TestEventPattern: testEventPattern,
  };
};
