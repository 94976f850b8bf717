import { JSONPath } from 'jsonpath-plus';
import { type Json, isJsonArray, isJsonObject, type JsonObject, toJson } from './json';

/** What a path can begin with: the data, the context object, a variable. */
export interface PathView {
  readonly data: Json;
  readonly context: Json;
  readonly variables: JsonObject;
}

/** A path with a wildcard, a filter, a slice, several names or a deep scan can select any number of values. */
const INDEFINITE = /\*|\.\.|\[\?|\[\(|\[[^\]'"]*[:,][^\]'"]*\]|\['[^']*'\s*,/;

const ROOT = /^\$(\$|[A-Za-z_][A-Za-z0-9_]*)?/;

/** Whether a text is a path: `$.a`, `$$.Execution.Id`, `$variable[0]`. */
export const isPath = (text: string): boolean => {
  const root = ROOT.exec(text)?.at(0);
  return root !== undefined && /^(\.|\[|$)/.test(text.slice(root.length));
};

const rootOf = (name: string, { data, context, variables }: PathView): Json | undefined => {
  if (name === '$') return data;
  return name === '$$' ? context : variables[name.slice(1)];
};

/** What a path selects: one value, or the list of all where it can be several; undefined when there is none. */
export const select = (path: string, view: PathView): Json | undefined => {
  const root = ROOT.exec(path)?.at(0) ?? '';
  const json = rootOf(root, view);
  const rest = path.slice(root.length);
  if (rest === '' || json === undefined) return json;
  // The library has no values of its own: it selects among those of the view.
  const found: unknown = JSONPath({ path: `$${rest}`, json: structuredClone(json), wrap: true, eval: 'safe' });
  const values = toJson(found) ?? [];
  const list = isJsonArray(values) ? values : [values];
  return INDEFINITE.test(rest) ? list : list.at(0);
};

const STEP = /\.([A-Za-z_$][\w$-]*)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\]/gy;

/** The steps of a reference path, which names one place: `$.a['b'][0]`. */
const stepsOf = (path: string): readonly (string | number)[] | undefined => {
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return undefined;
    const index = match.at(4);
    steps.push(index === undefined ? (match.at(1) ?? match.at(2) ?? match.at(3) ?? '') : Number(index));
  }
  return steps;
};

/** Whether a path names one place in the data. */
export const isReferencePath = (path: string): boolean =>
  path.startsWith('$') && !path.startsWith('$$') && stepsOf(path) !== undefined;

const put = (target: Json | undefined, steps: readonly (string | number)[], value: Json): Json | undefined => {
  const step = steps.at(0);
  if (step === undefined) return value;
  const rest = steps.slice(1);
  if (typeof step === 'number') {
    if (target === undefined || !isJsonArray(target) || step >= target.length) return undefined;
    const inner = put(target[step], rest, value);
    return inner === undefined ? undefined : target.map((each, index) => (index === step ? inner : each));
  }
  const fields = target === undefined ? {} : target;
  if (fields === null || !isJsonObject(fields)) return undefined;
  const inner = put(fields[step], rest, value);
  return inner === undefined ? undefined : { ...fields, [step]: inner };
};

/** The data with a value at the place that a reference path names; undefined when the data has no such place. */
export const withValueAt = (data: Json, path: string, value: Json): Json | undefined =>
  put(data, stepsOf(path) ?? [], value);
