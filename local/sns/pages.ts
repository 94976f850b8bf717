import type { Reader } from '../core/reader';
import { invalid } from './errors';

const PAGE = 100;

/** One page of a list; the token is the number of entries before it. */
export const pageOf = <T>(reader: Reader, entries: readonly T[]): { page: readonly T[]; NextToken?: string } => {
  const token = reader.optionalText('NextToken') ?? '0';
  if (!/^\d+$/.test(token)) throw invalid(`NextToken: '${token}' is not one of this operation's`);
  const end = Number(token) + PAGE;
  return { page: entries.slice(Number(token), end), NextToken: end < entries.length ? String(end) : undefined };
};
