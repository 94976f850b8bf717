import type { Reader } from '../../core/reader';
import { ruleProblem } from './choice-rule';
import type { Catcher, ChoiceRule, DataPath, Effects, QueryLanguage } from './definition';
import { checkExpressions } from './expressions';
import { invalid } from './invalid';
import { isReferencePath } from './json-path';
import { checkPaths, isUsablePath, VALUE_KEY } from './payload';
import { isJsonObject, type Json, type JsonObject, toJson } from './json';
import type { Retrier } from './retry';

const MAX_SECONDS = 99_999_999;

/** Where a state or a rule stands, and what it is written in. */
export interface Place {
  readonly path: string;
  readonly language: QueryLanguage;
}

/** A field that may hold any value with expressions or paths in it. */
export const templateOf = (reader: Reader, field: string, { path, language }: Place): Json | undefined => {
  const value = toJson(reader.values[field]);
  if (language === 'JSONata') checkExpressions(value, `${path}/${field}`);
  else checkPaths(value, `${path}/${field}`);
  return value;
};

/** A field that may, with JSONPath, have a twin that holds its path: `Seconds` and `SecondsPath`. */
export const valueOf = (reader: Reader, field: string, place: Place): Json | undefined => {
  const twin = `${field}Path`;
  if (!reader.has(twin)) return templateOf(reader, field, place);
  if (reader.has(field)) throw invalid(`only one of ${field} and ${twin} may be given`, place.path);
  const path = reader.text(twin);
  if (!isUsablePath(path)) throw invalid(`${twin} must be a path, got '${path}'`, `${place.path}/${twin}`);
  return { [VALUE_KEY]: path };
};

/** `InputPath` and its like: null takes nothing. */
export const pathOf = (reader: Reader, field: string, { path }: Place): DataPath | undefined => {
  const value = reader.values[field];
  if (value === undefined || value === null) return value;
  const text = reader.text(field);
  const isFine = field === 'ResultPath' ? isReferencePath(text) : isUsablePath(text);
  if (!isFine) throw invalid(`${field} must be a path or null, got '${text}'`, `${path}/${field}`);
  return text;
};

const MAX_VARIABLE_NAME = 80;

const assignOf = (reader: Reader, place: Place): JsonObject | undefined => {
  const assign = templateOf(reader, 'Assign', place);
  const path = `${place.path}/Assign`;
  if (assign === undefined) return undefined;
  if (!isJsonObject(assign)) throw invalid('Assign must be an object', path);
  for (const name of Object.keys(assign).map((key) => key.replace(/\.\$$/, ''))) {
    if (name === 'states') throw invalid(`variable name 'states' is reserved`, path);
    if (name.length > MAX_VARIABLE_NAME)
      throw invalid(`a variable name has at most ${MAX_VARIABLE_NAME} characters`, path);
  }
  return assign;
};

/** What a state or a rule does with its result. */
export const effectsOf = (reader: Reader, place: Place): Effects => {
  const assign = assignOf(reader, place);
  if (place.language === 'JSONata') return { output: templateOf(reader, 'Output', place), assign };
  return {
    assign,
    resultSelector: templateOf(reader, 'ResultSelector', place),
    resultPath: pathOf(reader, 'ResultPath', place),
    outputPath: pathOf(reader, 'OutputPath', place),
  };
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
  { path, language }: Place,
  read: (rule: Reader, isLast: boolean, at: Place) => T,
) =>
  state
    .records(field)
    .map((rule, index, all) => read(rule, index === all.length - 1, { path: `${path}/${field}[${index}]`, language }));

/** The rules of `Retry`. */
export const retriersOf = (state: Reader, place: Place): readonly Retrier[] =>
  rulesOf(state, 'Retry', place, (rule, isLast, { path: at }) => {
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
export const catchersOf = (state: Reader, place: Place): readonly Catcher[] =>
  rulesOf(state, 'Catch', place, (rule, isLast, at) => ({
    errorEquals: errorEqualsOf(rule, isLast, at.path),
    next: rule.text('Next'),
    ...effectsOf(rule, at),
  }));

/** An expression, or with JSONPath the rule itself. */
const conditionOf = (rule: Reader, place: Place): Json => {
  if (place.language === 'JSONata') {
    const condition = templateOf(rule, 'Condition', place);
    if (condition === undefined) throw invalid('a choice needs a Condition with JSONata', place.path);
    return condition;
  }
  const condition = toJson(rule.values) ?? null;
  const problem = isJsonObject(condition) ? ruleProblem(condition) : 'a choice rule must be an object';
  if (problem !== undefined) throw invalid(problem, place.path);
  return condition;
};

/** The rules of a Choice state. */
export const choicesOf = (state: Reader, place: Place): readonly ChoiceRule[] => {
  const rules = rulesOf(state, 'Choices', place, (rule, _, at) => ({
    ...{ condition: conditionOf(rule, at), next: rule.text('Next') },
    ...effectsOf(rule, at),
  }));
  if (rules.length === 0) throw invalid('Choices must hold at least one rule', `${place.path}/Choices`);
  return rules;
};
