import { refusal } from './refusal';
import { excerpt } from './text';

/** A JSON object whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** What kind of JSON a value is: messages say no more of it, as values may be secrets. */
export const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Whether a value is a JSON object, and neither a list nor null. */
export const isFields = (value: unknown): value is Fields => kindOf(value) === 'an object';

/** Refuses a value of the wrong kind. */
export const wrongKind = (where: string, expected: string, value: unknown): Error =>
  refusal('InvalidRequest', `'${where}' must be ${expected}, got ${kindOf(value)}`);

/** A JSON object with no other than the allowed fields. */
export const fieldsOf = (value: unknown, where: string, allowed: readonly string[]): Fields => {
  if (!isFields(value)) throw wrongKind(where, 'an object', value);
  const unknown = Object.keys(value).find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    throw refusal('InvalidRequest', `'${where}' has no field '${excerpt(unknown)}'; it takes ${allowed.join(', ')}`);
  }
  return value;
};

/** A string of up to `longest` characters, an empty one included. */
export const anyTextOf = (value: unknown, where: string, longest = Infinity): string => {
  if (typeof value !== 'string') throw wrongKind(where, 'a string', value);
  // Characters as JSON Schema and people count them, whatever their encoding takes.
  if (value.length <= longest || Array.from(value).length <= longest) return value;
  throw refusal('InvalidRequest', `'${where}' must have at most ${longest} characters, got ${value.length}`);
};

/** A string that is not empty, of up to `longest` characters. */
export const textOf = (value: unknown, where: string, longest = Infinity): string => {
  const text = anyTextOf(value, where, longest);
  if (text === '') throw refusal('InvalidRequest', `'${where}' must not be empty`);
  return text;
};

/** A string that is not empty, or nothing. */
export const optionalTextOf = (value: unknown, where: string, longest = Infinity): string | undefined =>
  value === undefined ? undefined : textOf(value, where, longest);

/** A whole number that is not negative. */
export const countOf = (value: unknown, where: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw wrongKind(where, 'a count', value);
  return value;
};
