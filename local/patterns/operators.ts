import { cidrTest } from './cidr';
import { isRecord } from '../core/json';
import { type Leaf } from './json';
import { numericTest } from './numeric';
import { PatternError } from './pattern-error';
import { wildcardTest } from './wildcard';

export type LeafTest = (leaf: Leaf) => boolean;

const NAMES = 'prefix, suffix, anything-but, numeric, exists, equals-ignore-case, wildcard, cidr';

const onText =
  (test: (text: string) => boolean): LeafTest =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

const textOf = (operator: string, operand: unknown): string => {
  if (typeof operand === 'string') return operand;
  throw new PatternError(`"${operator}" must be a string, got ${JSON.stringify(operand)}`);
};

/** The only member of an expression such as `{"prefix": "a"}`. */
export const onlyEntry = (expression: Readonly<Record<string, unknown>>): readonly [string, unknown] => {
  const entries = Object.entries(expression);
  const entry = entries.at(0);
  if (entry === undefined || entries.length > 1) {
    throw new PatternError(`a match expression has exactly one key, got ${JSON.stringify(expression)}`);
  }
  return entry;
};

/** `prefix` and `suffix` take a text, or `{"equals-ignore-case": text}`. */
const endTest = (operator: 'prefix' | 'suffix', operand: unknown): LeafTest => {
  const fits = (text: string, end: string): boolean =>
    operator === 'prefix' ? text.startsWith(end) : text.endsWith(end);
  if (!isRecord(operand)) {
    const end = textOf(operator, operand);
    return onText((text) => fits(text, end));
  }
  const [inner, value] = onlyEntry(operand);
  if (inner !== 'equals-ignore-case') {
    throw new PatternError(`"${operator}" takes a string or {"equals-ignore-case": string}, got "${inner}"`);
  }
  const end = textOf(inner, value).toLowerCase();
  return onText((text) => fits(text.toLowerCase(), end));
};

const TEXT_TESTS: Readonly<Record<string, (operand: unknown) => LeafTest>> = {
  prefix: (operand) => endTest('prefix', operand),
  suffix: (operand) => endTest('suffix', operand),
  'equals-ignore-case': (operand) => {
    const wanted = textOf('equals-ignore-case', operand).toLowerCase();
    return onText((text) => text.toLowerCase() === wanted);
  },
  wildcard: (operand) => onText(wildcardTest(textOf('wildcard', operand))),
};

const anyOf =
  (tests: readonly LeafTest[]): LeafTest =>
  (leaf) =>
    tests.some((test) => test(leaf));

const excluded = (operand: unknown): LeafTest => {
  if (isRecord(operand)) {
    const [operator, value] = onlyEntry(operand);
    const test = Object.hasOwn(TEXT_TESTS, operator) ? TEXT_TESTS[operator] : undefined;
    if (test === undefined) {
      throw new PatternError(`"anything-but" takes ${Object.keys(TEXT_TESTS).join(', ')}, got "${operator}"`);
    }
    return anyOf((Array.isArray(value) ? value : [value]).map(test));
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const [first] = values;
  if ((typeof first !== 'string' && typeof first !== 'number') || values.some((v) => typeof v !== typeof first)) {
    throw new PatternError(
      `"anything-but" takes a string, a number, or a list of only strings or only numbers, got ${JSON.stringify(operand)}`,
    );
  }
  const set = new Set(values);
  return (leaf) => set.has(leaf);
};

/** The test of an expression on one leaf, such as `{"prefix": "a"}`. `exists` is not about a leaf and stays outside. */
export const operatorTest = (operator: string, operand: unknown): LeafTest => {
  if (operator === 'numeric') return numericTest(operand);
  if (operator === 'cidr') return onText(cidrTest(textOf('cidr', operand)));
  if (operator === 'anything-but') {
    const test = excluded(operand);
    return (leaf) => !test(leaf);
  }
  const test = Object.hasOwn(TEXT_TESTS, operator) ? TEXT_TESTS[operator] : undefined;
  if (test === undefined) throw new PatternError(`unrecognized match type "${operator}"; there are ${NAMES}`);
  return test(operand);
};
