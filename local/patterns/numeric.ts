import type { Leaf } from './json';
import { PatternError } from './pattern-error';

/** Numeric matching is documented for -5.0e9 to 5.0e9. */
const LIMIT = 5e9;

type Comparison = (value: number) => boolean;

const SINGLE: Readonly<Record<string, (bound: number) => Comparison>> = {
  '=': (bound) => (value) => value === bound,
  '<': (bound) => (value) => value < bound,
  '<=': (bound) => (value) => value <= bound,
  '>': (bound) => (value) => value > bound,
  '>=': (bound) => (value) => value >= bound,
};

const FORM = 'it must be [operator, number] or [">" or ">=", number, "<" or "<=", number]';

const comparison = (operator: unknown, bound: unknown): Comparison => {
  const compare = typeof operator === 'string' && Object.hasOwn(SINGLE, operator) ? SINGLE[operator] : undefined;
  if (compare === undefined || typeof bound !== 'number') {
    throw new PatternError(`"numeric" has [${JSON.stringify(operator)}, ${JSON.stringify(bound)}]; ${FORM}`);
  }
  if (Math.abs(bound) > LIMIT) throw new PatternError(`"numeric" takes -5.0e9 to 5.0e9, got ${bound}`);
  return compare(bound);
};

/** `["=", 5]`, `["<", 10]`, `[">", 0, "<=", 5]`. */
export const numericTest = (operand: unknown): ((leaf: Leaf) => boolean) => {
  const range: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (range.length !== 2 && range.length !== 4) {
    throw new PatternError(`"numeric" has ${JSON.stringify(operand)}; ${FORM}`);
  }
  const [lower, bottom, upper, top] = range;
  const first = comparison(lower, bottom);
  if (range.length === 2) return (leaf) => typeof leaf === 'number' && first(leaf);
  if ((lower !== '>' && lower !== '>=') || (upper !== '<' && upper !== '<=')) {
    throw new PatternError(`"numeric" has ${JSON.stringify(range)}; ${FORM}`);
  }
  const second = comparison(upper, top);
  if (Number(bottom) >= Number(top)) throw new PatternError(`"numeric" needs its bottom below its top`);
  return (leaf) => typeof leaf === 'number' && first(leaf) && second(leaf);
};
