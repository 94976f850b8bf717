import { isRecord } from '../core/json';
import { hasLeafAt, isLeaf, leavesOf, member, type Leaf } from './json';
import { onlyEntry, operatorTest, type LeafTest } from './operators';
import { PatternError } from './pattern-error';

/** A compiled pattern of Amazon EventBridge or an Amazon SNS filter policy. */
export interface Pattern {
  matches(event: unknown): boolean;
}

/** `value` is what stands at the place of the pattern, `event` the whole. */
type Test = (value: unknown, event: unknown) => boolean;

const nameOf = (path: readonly string[]): string => (path.length === 0 ? 'the pattern' : `"${path.join('.')}"`);

const existsTest = (wanted: unknown, path: readonly string[]): Test => {
  if (typeof wanted !== 'boolean') throw new PatternError(`"exists" must be true or false at ${nameOf(path)}`);
  // Absence is about the event: one element of an array without the field is not enough.
  return wanted ? (value) => leavesOf(value).length > 0 : (_, event) => !hasLeafAt(event, path);
};

const alternativesTest = (alternatives: readonly unknown[], path: readonly string[]): Test => {
  if (alternatives.length === 0) throw new PatternError(`empty arrays are not allowed, at ${nameOf(path)}`);
  const exact = new Set<Leaf>();
  const leafTests: LeafTest[] = [];
  const tests: Test[] = [];
  for (const alternative of alternatives) {
    if (isLeaf(alternative)) {
      exact.add(alternative);
    } else if (isRecord(alternative)) {
      const [operator, operand] = onlyEntry(alternative);
      if (operator === 'exists') tests.push(existsTest(operand, path));
      else leafTests.push(operatorTest(operator, operand));
    } else {
      throw new PatternError(`a match value must be a string, number, true, false, null or {...}, at ${nameOf(path)}`);
    }
  }
  return (value, event) =>
    tests.some((test) => test(value, event)) ||
    leavesOf(value).some((leaf) => exact.has(leaf) || leafTests.some((test) => test(leaf)));
};

const orTest = (alternatives: unknown, path: readonly string[]): Test => {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternError(`"$or" must be a list of at least two patterns, at ${nameOf(path)}`);
  }
  const tests = alternatives.map((alternative) => objectTest(alternative, path));
  return (value, event) => tests.some((test) => test(value, event));
};

const fieldTest = (name: string, value: unknown, path: readonly string[]): Test => {
  if (name === '$or') return orTest(value, path);
  const at = [...path, name];
  if (!isRecord(value) && !Array.isArray(value)) {
    throw new PatternError(`${nameOf(at)} must be an object or an array, got ${JSON.stringify(value)}`);
  }
  const test = isRecord(value) ? objectTest(value, at) : alternativesTest(value, at);
  return (parent, event) => test(member(parent, name), event);
};

const objectTest = (pattern: unknown, path: readonly string[]): Test => {
  if (!isRecord(pattern)) throw new PatternError(`${nameOf(path)} must be an object, got ${JSON.stringify(pattern)}`);
  const tests = Object.entries(pattern).map(([name, value]) => fieldTest(name, value, path));
  if (tests.length === 0) throw new PatternError(`empty patterns are not allowed, at ${nameOf(path)}`);
  const matchesOne: Test = (value, event) => tests.every((test) => test(value, event));
  // All fields have to match within one and the same element of an array.
  const matchesSome: Test = (value, event) =>
    Array.isArray(value) && value.length > 0
      ? value.some((element) => matchesSome(element, event))
      : matchesOne(value, event);
  return matchesSome;
};

/** Compiles a pattern that is already parsed; throws a {@link PatternError} that says what is wrong and where. */
export const compilePattern = (pattern: unknown): Pattern => {
  const test = objectTest(pattern, []);
  return { matches: (event) => test(event, event) };
};

/** Compiles a pattern in JSON. */
export const parsePattern = (json: string): Pattern & { readonly parsed: unknown } => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new PatternError(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { ...compilePattern(parsed), parsed };
};
