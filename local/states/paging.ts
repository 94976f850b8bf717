import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';

/** A page of a list, and the token of the next one. */
export const pageOf = <T>(
  input: Reader,
  list: readonly T[],
  { usual, most }: { readonly usual: number; readonly most: number },
): { readonly page: readonly T[]; readonly nextToken?: string } => {
  const token = input.optionalText('nextToken') ?? '0';
  const start = Number(token);
  if (!/^\d+$/.test(token) || start > list.length) throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  const wanted = input.optionalNumber('maxResults') ?? 0;
  if (wanted < 0 || wanted > most) {
    throw new AwsError('ValidationException', `'maxResults' must be between 0 and ${most}, got ${wanted}`);
  }
  const end = start + (wanted === 0 ? usual : wanted);
  return { page: list.slice(start, end), nextToken: end < list.length ? String(end) : undefined };
};
