import { invalid } from './errors';
import type { Reader } from '../core/reader';

const MAX_PAGE = 100;

/** One page of a list; the token is the number of entries before it. */
export const pageOf = <T>(reader: Reader, entries: readonly T[]): { page: readonly T[]; NextToken?: string } => {
  const limit = reader.optionalNumber('Limit') ?? MAX_PAGE;
  const token = reader.optionalText('NextToken') ?? '0';
  if (limit < 1 || limit > MAX_PAGE) throw invalid(`'Limit' must be 1 to ${MAX_PAGE}, got ${limit}`);
  if (!/^\d+$/.test(token)) throw invalid(`'NextToken' is not one of this operation's: '${token}'`);
  const end = Number(token) + limit;
  return { page: entries.slice(Number(token), end), NextToken: end < entries.length ? String(end) : undefined };
};
