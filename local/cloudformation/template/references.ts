import { isRecord } from '../../core/json';
import { isList } from './json';
import { type FunctionCall, functionCall } from './function-call';
import { attributeReference } from './functions';
import { placeholders, substitutionOf } from './substitution';

/** All names that a template value refers to. */
export interface References {
  /** Resources and parameters. */
  readonly names: ReadonlySet<string>;
  /** The part of them that an attribute is asked of: these can only be resources. */
  readonly attributes: ReadonlySet<string>;
  readonly conditions: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

/** Collects references. With `chosen`, only the branch of an `Fn::If` that is taken counts. */
export const referencesOf = (value: unknown, chosen?: (condition: string) => boolean): References => {
  const found = {
    names: new Set<string>(),
    attributes: new Set<string>(),
    conditions: new Set<string>(),
    mappings: new Set<string>(),
    functions: new Set<string>(),
  };

  const attribute = (logicalId: string): void => {
    found.names.add(logicalId);
    found.attributes.add(logicalId);
  };

  const substitution = (argument: unknown): void => {
    const { text, values } = substitutionOf(argument);
    for (const name of placeholders(text)) {
      if (Object.hasOwn(values, name)) continue;
      if (name.includes('.')) attribute(attributeReference(name)[0]);
      else found.names.add(name);
    }
    walk(values);
  };

  const branch = (argument: unknown): void => {
    const [condition, whenTrue, whenFalse] = isList(argument) ? argument : [];
    if (typeof condition === 'string') found.conditions.add(condition);
    if (typeof condition !== 'string' || chosen === undefined) walk([whenTrue, whenFalse]);
    else walk(chosen(condition) ? whenTrue : whenFalse);
  };

  const fromFunction = ({ name, argument }: FunctionCall): void => {
    found.functions.add(name);
    if (name === 'Fn::GetAtt') {
      const [logicalId, rest] = attributeReference(argument);
      attribute(logicalId);
      walk(rest);
    } else if (name === 'Fn::Sub') {
      substitution(argument);
    } else if (name === 'Fn::If') {
      branch(argument);
    } else if (name !== 'Ref') {
      const [mapping] = name === 'Fn::FindInMap' && isList(argument) ? argument : [];
      if (typeof mapping === 'string') found.mappings.add(mapping);
      walk(argument);
    } else if (typeof argument === 'string') {
      found.names.add(argument);
    }
  };

  const walk = (part: unknown): void => {
    const call = isList(part) ? undefined : functionCall(part);
    if (call !== undefined) fromFunction(call);
    else if (isList(part)) part.forEach(walk);
    else if (isRecord(part)) Object.values(part).forEach(walk);
  };

  walk(value);
  return found;
};
