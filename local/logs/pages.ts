import type { Reader } from '../core/reader';
import { invalid } from './errors';

/** How many of a list one answer may have. */
export const limitOf = (reader: Reader, max: number): number => {
  const limit = reader.optionalNumber('limit') ?? max;
  if (!Number.isInteger(limit) || limit < 1 || limit > max) throw invalid(`'limit' must be 1 to ${max}, got ${limit}`);
  return limit;
};

/** The number of entries before this page. */
export const startOf = (reader: Reader): number => {
  const token = reader.optionalText('nextToken') ?? '0';
  if (!/^\d{1,15}$/.test(token)) throw invalid('The specified nextToken is invalid.');
  return Number(token);
};

/** One page of a list. */
export const pageOf = <T>(reader: Reader, entries: readonly T[], max: number) => {
  const start = startOf(reader);
  const end = start + limitOf(reader, max);
  return { page: entries.slice(start, end), nextToken: end < entries.length ? String(end) : undefined };
};
