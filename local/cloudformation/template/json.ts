import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../core/json';

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const sameValue = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/** A map by its keys; nothing is an empty map. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];
