import type { Reader } from '../../core/reader';
import type { Catcher, ChoiceRule, Effects } from './definition';
import { checkExpressions } from './expressions';
import { invalid } from './invalid';
import { isJsonObject, type Json, toJson } from './json';
import type { Retrier } from './retry';

const MAX_SECONDS = 99_999_999;

/** A field that may hold any value with expressions in it. */
export const templateOf = (reader: Reader, field: string, path: string): Json | undefined => {
  const value = toJson(reader.values[field]);
  checkExpressions(value, `${path}/${field}`);
  return value;
};

/** `Output` and `Assign`. */
export const effectsOf = (reader: Reader, path: string): Effects => {
  const assign = templateOf(reader, 'Assign', path);
  if (assign !== undefined && !isJsonObject(assign)) throw invalid('Assign must be an object', `${path}/Assign`);
  if (assign !== undefined && 'states' in assign) throw invalid(`variable name 'states' is reserved`, `${path}/Assign`);
  return { output: templateOf(reader, 'Output', path), assign };
};

const numberIn = (reader: Reader, field: string, fallback: number, min: number, path: string): number => {
  const value = reader.optionalNumber(field) ?? fallback;
  if (value < min || value > MAX_SECONDS) {
    throw invalid(`${field} must be between ${min} and ${MAX_SECONDS}, got ${value}`, `${path}/${field}`);
  }
  return value;
};

const errorEqualsOf = (rule: Reader, isLast: boolean, path: string): readonly string[] => {
  const names = rule.texts('ErrorEquals');
  const at = `${path}/ErrorEquals`;
  if (names.length === 0) throw invalid('ErrorEquals must name at least one error', at);
  if (names.includes('States.ALL') && (names.length > 1 || !isLast)) {
    throw invalid('States.ALL must stand alone, in the last rule', at);
  }
  return names;
};

const rulesOf = <T>(
  state: Reader,
  field: string,
  path: string,
  read: (rule: Reader, isLast: boolean, at: string) => T,
) => state.records(field).map((rule, index, all) => read(rule, index === all.length - 1, `${path}/${field}[${index}]`));

/** The rules of `Retry`. */
export const retriersOf = (state: Reader, path: string): readonly Retrier[] =>
  rulesOf(state, 'Retry', path, (rule, isLast, at) => {
    const jitter = rule.optionalText('JitterStrategy') ?? 'NONE';
    if (jitter !== 'NONE' && jitter !== 'FULL') {
      throw invalid(`JitterStrategy must be NONE or FULL, got '${jitter}'`, `${at}/JitterStrategy`);
    }
    return {
      errorEquals: errorEqualsOf(rule, isLast, at),
      intervalSeconds: numberIn(rule, 'IntervalSeconds', 1, 1, at),
      maxAttempts: numberIn(rule, 'MaxAttempts', 3, 0, at),
      backoffRate: numberIn(rule, 'BackoffRate', 2, 1, at),
      maxDelaySeconds: rule.has('MaxDelaySeconds') ? numberIn(rule, 'MaxDelaySeconds', 1, 1, at) : undefined,
      jitter: jitter === 'FULL',
    };
  });

/** The rules of `Catch`. */
export const catchersOf = (state: Reader, path: string): readonly Catcher[] =>
  rulesOf(state, 'Catch', path, (rule, isLast, at) => ({
    errorEquals: errorEqualsOf(rule, isLast, at),
    next: rule.text('Next'),
    ...effectsOf(rule, at),
  }));

/** The rules of a Choice state. */
export const choicesOf = (state: Reader, path: string): readonly ChoiceRule[] => {
  const rules = rulesOf(state, 'Choices', path, (rule, _, at) => {
    const condition = templateOf(rule, 'Condition', at);
    if (condition === undefined) throw invalid('a choice needs a Condition with JSONata', at);
    return { condition, next: rule.text('Next'), ...effectsOf(rule, at) };
  });
  if (rules.length === 0) throw invalid('Choices must hold at least one rule', `${path}/Choices`);
  return rules;
};
