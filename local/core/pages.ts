import { AwsError } from './errors';
import type { Reader } from './reader';

/** How the lists of an operation come in pages. */
export interface Paging {
  /** Entries of a page, when the caller does not say. */
  readonly usual: number;
  /** Where the caller says how many; nowhere by default. */
  readonly sizeIn?: string;
  /** Most that the caller may say. */
  readonly most?: number;
  readonly tokenIn?: string;
  /** Code of the error for a token that is none. */
  readonly tokenError?: string;
}

export interface Page<T> {
  readonly page: readonly T[];
  /** Token of the next page; undefined on the last one. */
  readonly next?: string;
}

/** One page of a list; its token is the number of entries before it. */
export const pageOf = <T>(
  reader: Reader,
  entries: readonly T[],
  { usual, sizeIn, most = usual, tokenIn = 'NextToken', tokenError = 'ValidationException' }: Paging,
): Page<T> => {
  const token = reader.optionalText(tokenIn) ?? '0';
  if (!/^\d+$/.test(token)) throw new AwsError(tokenError, `${tokenIn}: '${token}' is not one of this operation's`);
  const size = (sizeIn === undefined ? undefined : reader.optionalNumber(sizeIn)) ?? 0;
  if (size < 0 || size > most) {
    throw new AwsError('ValidationException', `'${sizeIn ?? ''}' must be 1 to ${most}, got ${size}`);
  }
  const end = Number(token) + (size === 0 ? usual : size);
  return { page: entries.slice(Number(token), end), next: end < entries.length ? String(end) : undefined };
};
