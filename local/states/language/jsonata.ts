import jsonata from 'jsonata';
import { addFunctions } from './functions';
import { EvaluationFailure } from './failure';
import { isRecord } from '../../core/json';
import { isJsonArray, isJsonObject, type Json, toJson } from './json';

/** Limits of one evaluation: it shares the process with everything else. */
const LIMITS = { timeout: 5_000, stack: 300, sequence: 900_000 };

const OPENING = '{%';
const CLOSING = '%}';

/** What expressions see: `$states` and the variables. */
export type Bindings = Readonly<Record<string, unknown>>;

const compiled = new Map<string, jsonata.Expression>();

const messageOf = (error: unknown): string => {
  // The library throws plain objects.
  if (!isRecord(error)) return String(error);
  const code = typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${typeof error.message === 'string' ? error.message : 'unknown error'}`;
};

const compile = (source: string): jsonata.Expression => {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = jsonata(source, LIMITS);
  addFunctions(expression);
  compiled.set(source, expression);
  return expression;
};

/** The source between `{%` and `%}`; undefined for any other string. */
export const expressionIn = (text: string): string | undefined =>
  text.startsWith(OPENING) && text.endsWith(CLOSING) && text.length >= OPENING.length + CLOSING.length
    ? text.slice(OPENING.length, -CLOSING.length).trim()
    : undefined;

/** True for a string that only opens or only closes an expression. */
export const isHalfExpression = (text: string): boolean =>
  expressionIn(text) === undefined && (text.startsWith(OPENING) || text.endsWith(CLOSING));

/** Why an expression does not parse; undefined when it does. */
export const syntaxErrorOf = (source: string): string | undefined => {
  try {
    compile(source);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};

/** The syntax tree of an expression that parses. */
export const treeOf = (source: string): unknown => compile(source).ast();

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' || (isRecord(value) && ('_jsonata_lambda' in value || '_jsonata_function' in value));

const subject = (source: string, location: string): string =>
  `The JSONata expression '${source}' specified for the field '${location}'`;

const evaluateExpression = async (source: string, bindings: Bindings, location: string): Promise<Json> => {
  const fails = (how: string): EvaluationFailure =>
    new EvaluationFailure(`${subject(source, location)} ${how}`, location);
  let value: unknown;
  try {
    value = await compile(source).evaluate(undefined, { ...bindings });
  } catch (error) {
    throw fails(`threw an error during evaluation. ${messageOf(error)}`);
  }
  if (isFunction(value)) throw fails('returned an unsupported result type.');
  const json = toJson(value);
  if (json === undefined) throw fails('returned nothing (undefined).');
  return json;
};

/** Replaces every expression in a value, however deep. */
export const evaluate = async (template: Json, bindings: Bindings, location: string): Promise<Json> => {
  if (typeof template === 'string') {
    const source = expressionIn(template);
    return source === undefined ? template : evaluateExpression(source, bindings, location);
  }
  if (isJsonArray(template)) {
    const values: Json[] = [];
    for (const [index, entry] of template.entries()) {
      values.push(await evaluate(entry, bindings, `${location}[${index}]`));
    }
    return values;
  }
  if (!isJsonObject(template)) return template;
  const entries: [string, Json][] = [];
  for (const [key, entry] of Object.entries(template)) {
    entries.push([key, await evaluate(entry, bindings, `${location}/${key}`)]);
  }
  return Object.fromEntries(entries);
};

interface Primitive {
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
}

const isOf = <T extends keyof Primitive>(value: Json, type: T): value is Primitive[T] & Json => typeof value === type;

/** Evaluates a field that must give a value of one type. */
export const evaluateAs = async <T extends keyof Primitive>(
  type: T,
  template: Json,
  bindings: Bindings,
  location: string,
): Promise<Primitive[T]> => {
  const value = await evaluate(template, bindings, location);
  if (isOf(value, type)) return value;
  const actual = value === null ? 'null' : isJsonArray(value) ? 'array' : typeof value;
  const source = typeof template === 'string' ? (expressionIn(template) ?? template) : JSON.stringify(template);
  throw new EvaluationFailure(
    `${subject(source, location)} returned an unexpected result type. ` +
      `Expected '${type}', but was '${actual}' for value: ${JSON.stringify(value).slice(0, 200)}`,
    location,
  );
};
