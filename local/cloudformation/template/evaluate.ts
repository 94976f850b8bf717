import { notSupported } from '../../core/errors';
import type { Input } from '../../core/service';
import { functionCall } from './function-call';
import { functions, isPresent } from './functions';
import { isRecord } from '../../core/json';
import { isList } from './json';
import type { Scope } from './scope';

/** Refuses a function outside the closed list. */
export const knownFunction = (name: string): void => {
  if (functions[name] === undefined) {
    throw notSupported(`the template function ${name}`, `known are ${Object.keys(functions).join(', ')}`);
  }
};

/** A template value with all its functions applied; what is `AWS::NoValue` disappears. */
export const evaluate = (value: unknown, scope: Scope): unknown => {
  if (isList(value)) return value.map((entry) => evaluate(entry, scope)).filter(isPresent);
  if (!isRecord(value)) return value;
  const call = functionCall(value);
  if (call === undefined) return evaluateMap(value, scope);
  knownFunction(call.name);
  return functions[call.name]?.(call.argument, scope, (argument) => evaluate(argument, scope));
};

/** A map with all functions in it applied, such as the properties of a resource. */
export const evaluateMap = (map: Input, scope: Scope): Input =>
  Object.fromEntries(
    Object.entries(map)
      .map(([key, entry]) => [key, evaluate(entry, scope)] as const)
      .filter(([, entry]) => isPresent(entry)),
  );
