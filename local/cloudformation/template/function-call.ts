import { isRecord } from '../../core/json';
import { templateError } from './errors';

export interface FunctionCall {
  readonly name: string;
  readonly argument: unknown;
}

/** `{ "Ref": ... }` or `{ "Fn::Name": ... }`: an object with this one key; undefined for any other value. */
export const functionCall = (value: unknown): FunctionCall | undefined => {
  if (!isRecord(value)) return undefined;
  const names = Object.keys(value);
  const name = names.find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (name === undefined || (name === 'Ref' && names.length > 1)) return undefined;
  if (names.length > 1) throw templateError(`${name} must stand alone in its object, but there is ${names.join(', ')}`);
  return { name, argument: value[name] };
};
