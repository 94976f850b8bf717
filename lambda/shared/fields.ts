import { refusal } from './refusal';

/** A JSON object whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Whether a value is a JSON object, and neither a list nor null. */
export const isFields = (value: unknown): value is Fields => kindOf(value) === 'an object';

/** The start of a value, for messages. */
export const excerpt = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);

/** Refuses a value of the wrong kind; says the kind only, as values may be secrets. */
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

/** A string that is not empty. */
export const textOf = (value: unknown, where: string): string => {
  if (typeof value !== 'string') throw wrongKind(where, 'a string', value);
  if (value === '') throw refusal('InvalidRequest', `'${where}' must not be empty`);
  return value;
};

/** A string that is not empty, or nothing. */
export const optionalTextOf = (value: unknown, where: string): string | undefined =>
  value === undefined ? undefined : textOf(value, where);

/** A whole number that is not negative. */
export const countOf = (value: unknown, where: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw wrongKind(where, 'a count', value);
  return value;
};
