import { AwsError } from './errors';
import type { Reader } from './reader';

/** How the lists of an operation come in pages. */
export interface Paging {
  /** Entries of a page, when the caller does not say. */
  readonly usual: number;
  /** Where the caller says how many; nowhere by default. */
  readonly sizeIn?: string;
  /** Fewest that the caller may say; 0 stands for the usual number. 1 by default. */
  readonly least?: number;
  /** Most that the caller may say. */
  readonly most?: number;
  readonly tokenIn?: string;
  /** Code of the error for a token that is none. */
  readonly tokenError?: string;
  /** Code of the error for a size that is out of its range. */
  readonly sizeError?: string;
}

export interface Page<T> {
  readonly page: readonly T[];
  /** Token of the next page; undefined on the last one. */
  readonly next?: string;
}

/** The names of the last entry shown and of the next one: so pages stay right while entries come and go. */
const tokenOf = (last: string, next: string): string => Buffer.from(`${last}\n${next}`).toString('base64url');

const startOf = (token: string, names: readonly string[]): number | undefined => {
  const given = Buffer.from(token, 'base64url').toString().split('\n');
  const [last, next] = given;
  if (given.length !== 2 || tokenOf(last, next) !== token) return undefined;
  const shown = names.indexOf(last);
  return shown >= 0 ? shown + 1 : Math.max(0, names.indexOf(next));
};

/** One page of a list whose entries have names that no other entry has. */
export const pageOf = <T>(
  reader: Reader,
  entries: readonly T[],
  paging: Paging,
  nameOf: (entry: T) => string,
): Page<T> => {
  const { usual, sizeIn, least = 1, most = usual, tokenIn = 'NextToken' } = paging;
  const { tokenError = 'ValidationException', sizeError = 'ValidationException' } = paging;
  const token = reader.optionalText(tokenIn);
  const names = entries.map(nameOf);
  const start = token === undefined ? 0 : startOf(token, names);
  if (start === undefined) throw new AwsError(tokenError, `${tokenIn}: '${token}' is not one of this operation's`);
  const size = (sizeIn === undefined ? undefined : reader.optionalNumber(sizeIn)) ?? usual;
  if (!Number.isInteger(size) || size < least || size > most) {
    throw new AwsError(sizeError, `'${sizeIn ?? ''}' must be ${least} to ${most}, got ${size}`);
  }
  const end = start + (size === 0 ? usual : size);
  const next = end < names.length ? tokenOf(names[end - 1], names[end]) : undefined;
  return { page: entries.slice(start, end), next };
};
