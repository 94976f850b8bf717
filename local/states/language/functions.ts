import { createHash, randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';
import { parseJson } from './json';

const HASHES: Readonly<Partial<Record<string, string>>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const parse = (text?: string): unknown => (text === undefined ? undefined : parseJson(text));

const partition = (values?: readonly unknown[], size?: number): unknown => {
  const length = Math.trunc(size ?? 0);
  if (values === undefined || values.length === 0 || length <= 0) return undefined;
  return Array.from({ length: Math.ceil(values.length / length) }, (_, chunk) =>
    values.slice(chunk * length, (chunk + 1) * length),
  );
};

const range = (first?: number, last?: number, step?: number): unknown => {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  const count = by === 0 ? 0 : Math.floor((to - from) / by) + 1;
  if (count <= 0) return undefined;
  const values = Array.from({ length: count }, (_, index) => from + index * by);
  return values.length === 1 ? values[0] : values;
};

const hash = (text?: string, algorithm?: string): unknown => {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = HASHES[algorithm];
  if (name === undefined) {
    throw new Error(`$hash knows ${Object.keys(HASHES).join(', ')}, got ${JSON.stringify(algorithm)}`);
  }
  return createHash(name).update(text).digest('hex');
};

/** The same seed gives the same number, but not the number that Step Functions would give. */
const random = (seed?: number): number => {
  if (seed === undefined) return Math.random();
  return createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
};

/** Adds what Step Functions has beside JSONata, and takes away `$eval`, which it does not have. */
export const addFunctions = (expression: jsonata.Expression): void => {
  expression.registerFunction('parse', parse, '<s?:x>');
  expression.registerFunction('partition', partition, '<a?n?:a>');
  expression.registerFunction('range', range, '<n?n?n?:x>');
  expression.registerFunction('hash', hash, '<s?s?:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.assign('eval', undefined);
};
