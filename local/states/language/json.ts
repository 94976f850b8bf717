import { isRecord } from '../../core/json';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isJsonArray = (value: Json): value is readonly Json[] => Array.isArray(value);

export const isJsonObject = (value: Json): value is JsonObject => isRecord(value);

/** A member that may be absent. */
export const memberOf = (value: JsonObject, name: string): Json | undefined => value[name];

/** Most bytes of the input or output of a state, of an execution and of a variable. */
export const MAX_DATA_BYTES = 262_144;

export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** A JSON value out of whatever an expression or a service gave; undefined for what JSON cannot hold. */
export const toJson = (value: unknown): Json | undefined => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // Step Functions writes what JSON has no number for by its name in JavaScript.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map((entry) => toJson(entry) ?? null);
  if (!isRecord(value)) return undefined;
  const entries: [string, Json][] = [];
  for (const [key, entry] of Object.entries(value)) {
    const json = toJson(entry);
    if (json !== undefined) entries.push([key, json]);
  }
  return Object.fromEntries(entries);
};

/** Parses JSON text; a syntax error is thrown as it comes. */
export const parseJson = (text: string): Json => {
  const value: unknown = JSON.parse(text);
  return toJson(value) ?? null;
};
