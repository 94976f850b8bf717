import { StateFailure } from './failure';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json';
import { type PathView, select } from './json-path';

type Test = (value: Json, operand: Json) => boolean;

const ordered =
  (compare: (left: string | number, right: string | number) => boolean, type: 'string' | 'number'): Test =>
  (value, operand) =>
    typeof value === type && typeof operand === type && compare(comparable(value), comparable(operand));

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value));

const comparable = (value: Json): string | number => (typeof value === 'number' ? value : textOf(value));

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

const isTimestamp = (value: Json): boolean => typeof value === 'string' && TIMESTAMP.test(value);

const timed =
  (compare: (left: string | number, right: string | number) => boolean): Test =>
  (value, operand) =>
    isTimestamp(value) && isTimestamp(operand) && compare(Date.parse(textOf(value)), Date.parse(textOf(operand)));

const COMPARE = {
  Equals: (left: string | number, right: string | number) => left === right,
  LessThan: (left: string | number, right: string | number) => left < right,
  GreaterThan: (left: string | number, right: string | number) => left > right,
  LessThanEquals: (left: string | number, right: string | number) => left <= right,
  GreaterThanEquals: (left: string | number, right: string | number) => left >= right,
} as const;

/** `*` stands for any text, `\*` and `\\` for themselves. */
const like: Test = (value, operand) => {
  if (typeof value !== 'string' || typeof operand !== 'string') return false;
  const pattern = operand.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (match, escaped?: string) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return match === '*' ? '[^]*' : `\\${match}`;
  });
  return new RegExp(`^${pattern}$`).test(value);
};

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...Object.entries(COMPARE).flatMap(([name, compare]): [string, Test][] => [
    [`String${name}`, ordered(compare, 'string')],
    [`Numeric${name}`, ordered(compare, 'number')],
    [`Timestamp${name}`, timed(compare)],
  ]),
  ['BooleanEquals', (value, operand) => typeof value === 'boolean' && value === operand],
  ['StringMatches', like],
]);

const TYPES: ReadonlyMap<string, (value: Json) => boolean> = new Map<string, (value: Json) => boolean>([
  ['IsNull', (value) => value === null],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsString', (value) => typeof value === 'string'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', isTimestamp],
]);

const OTHERS = new Set(['Variable', 'Next', 'Comment', 'Assign']);

/** The comparison of a rule: its name and its operand. */
const comparisonOf = (rule: JsonObject): readonly [name: string, operand: Json] | undefined =>
  Object.entries(rule).find(([name]) => !OTHERS.has(name));

/** What is wrong with a rule; undefined when nothing is. */
export const ruleProblem = (rule: JsonObject): string | undefined => {
  const comparison = comparisonOf(rule);
  if (comparison === undefined) return 'a choice rule needs a comparison';
  const [name, operand] = comparison;
  if (name === 'And' || name === 'Or') {
    const rules = isJsonArray(operand) ? operand.filter(isJsonObject) : [];
    return rules.length === 0
      ? `${name} must hold at least one rule`
      : rules.map(ruleProblem).find((each) => each !== undefined);
  }
  if (name === 'Not') return isJsonObject(operand) ? ruleProblem(operand) : 'Not must hold a rule';
  if (typeof rule.Variable !== 'string') return 'a choice rule needs a Variable';
  const known = name === 'IsPresent' || TYPES.has(name) || TESTS.has(name.replace(/Path$/, ''));
  return known ? undefined : `unknown comparison '${name}'`;
};

const valueAt = (path: Json | undefined, view: PathView): Json => {
  const value = typeof path === 'string' ? select(path, view) : undefined;
  if (value !== undefined) return value;
  throw new StateFailure(
    'States.Runtime',
    `Invalid path '${textOf(path)}': The choice state's condition path references an invalid value.`,
  );
};

/** Whether a rule of a Choice state holds. */
export const ruleHolds = (rule: JsonObject, view: PathView): boolean => {
  const [name = '', operand = null] = comparisonOf(rule) ?? [];
  const rules = isJsonArray(operand) ? operand.filter(isJsonObject) : [];
  if (name === 'And') return rules.every((each) => ruleHolds(each, view));
  if (name === 'Or') return rules.some((each) => ruleHolds(each, view));
  if (name === 'Not') return isJsonObject(operand) && !ruleHolds(operand, view);
  if (name === 'IsPresent') {
    return (typeof rule.Variable === 'string' && select(rule.Variable, view) !== undefined) === operand;
  }
  const value = valueAt(rule.Variable, view);
  const type = TYPES.get(name);
  if (type !== undefined) return type(value) === operand;
  const isPathOperand = name.endsWith('Path');
  const test = TESTS.get(isPathOperand ? name.slice(0, -'Path'.length) : name);
  return test?.(value, isPathOperand ? valueAt(operand, view) : operand) ?? false;
};
