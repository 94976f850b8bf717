import { StateFailure } from './failure';
import { evaluateIntrinsic, intrinsicProblem, isIntrinsic } from './intrinsics';
import { invalid } from './invalid';
import { isJsonArray, isJsonObject, type Json } from './json';
import { isPath, type PathView, select } from './json-path';

/** The key of a template that stands for its value: a field `SecondsPath` becomes `{ ".$": path }`. */
export const VALUE_KEY = '.$';

/** Whether a text is a path or a call of an intrinsic function that can work. */
export const isUsablePath = (text: string): boolean =>
  isIntrinsic(text) ? intrinsicProblem(text) === undefined : isPath(text);

/** Refuses a template with a path that cannot work. */
export const checkPaths = (template: Json | undefined, path: string): void => {
  if (typeof template !== 'object' || template === null) return;
  for (const [key, entry] of Object.entries(template)) {
    const isQuery = key.endsWith('.$') && !Array.isArray(template);
    if (!isQuery) checkPaths(entry, `${path}/${key}`);
    else if (typeof entry !== 'string' || !isUsablePath(entry)) {
      const problem = `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`;
      throw invalid(problem, path);
    }
  }
};

const selected = (path: string, view: PathView, location: string, error: string): Json => {
  const value = select(path, view);
  if (value !== undefined) return value;
  throw new StateFailure(
    error,
    `The JSONPath '${path}' specified for the field '${location}' could not be found in the input '${JSON.stringify(view.data).slice(0, 500)}'`,
  );
};

/** The value of a path or of an intrinsic function. */
export const evaluatePath = (
  source: string,
  view: PathView,
  location: string,
  error = 'States.ParameterPathFailure',
): Json =>
  isIntrinsic(source)
    ? evaluateIntrinsic(source, (path) => selected(path, view, location, error))
    : selected(source, view, location, error);

/** Replaces each field whose name ends in `.$` by the value of its path, however deep. */
export const evaluatePayload = (template: Json, view: PathView, location: string): Json => {
  if (isJsonArray(template)) {
    return template.map((entry, index) => evaluatePayload(entry, view, `${location}[${index}]`));
  }
  if (!isJsonObject(template)) return template;
  const whole = template[VALUE_KEY];
  if (typeof whole === 'string') return evaluatePath(whole, view, location, 'States.Runtime');
  return Object.fromEntries(
    Object.entries(template).map(([key, entry]): [string, Json] => {
      const at = `${location}/${key}`;
      return key.endsWith('.$') && typeof entry === 'string'
        ? [key.slice(0, -2), evaluatePath(entry, view, at)]
        : [key, evaluatePayload(entry, view, at)];
    }),
  );
};
