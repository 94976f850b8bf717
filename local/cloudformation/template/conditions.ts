import { notSupported } from '../../core/errors';
import { templateError } from './errors';
import { evaluate } from './evaluate';
import { isRecord } from '../../core/json';
import { isList, sameValue } from './json';
import type { Scope } from './scope';

type ConditionFunction = (parts: readonly unknown[], scope: Scope) => boolean;

const asText = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

const equals: ConditionFunction = (parts, scope) => {
  if (parts.length !== 2) throw templateError('Fn::Equals takes two values');
  const [one, other] = parts.map((part) => asText(evaluate(part, scope)));
  return sameValue(one, other);
};

const contains: ConditionFunction = ([entries, entry], scope) => {
  const list = evaluate(entries, scope);
  if (!isList(list)) throw templateError('Fn::Contains takes a list and a value');
  return list.map(asText).includes(asText(evaluate(entry, scope)));
};

/** The closed list of functions that give a condition; `Fn::Contains` stands in rules only. */
export const conditionFunctions: Readonly<Partial<Record<string, ConditionFunction>>> = {
  'Fn::And': (parts, scope) => parts.every((part) => holds(part, scope)),
  'Fn::Or': (parts, scope) => parts.some((part) => holds(part, scope)),
  'Fn::Not': (parts, scope) => !holds(parts[0], scope),
  'Fn::Equals': equals,
  'Fn::Contains': contains,
};

/** Whether a condition expression is true. */
export const holds = (expression: unknown, scope: Scope): boolean => {
  const names = isRecord(expression) ? Object.keys(expression) : [];
  if (!isRecord(expression) || names.length !== 1) {
    throw templateError(`a condition must be an object with one function, got ${JSON.stringify(expression)}`);
  }
  const [name] = names;
  const argument = expression[name];
  if (name === 'Condition' && typeof argument === 'string') return scope.condition(argument);
  const apply = conditionFunctions[name];
  if (apply === undefined) {
    throw notSupported(`the condition function ${name}`, `known are ${Object.keys(conditionFunctions).join(', ')}`);
  }
  if (!isList(argument)) throw templateError(`${name} takes a list`);
  return apply(argument, scope);
};
