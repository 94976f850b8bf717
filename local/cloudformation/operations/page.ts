import type { Output } from '../../core/service';
import type { Reader } from '../../core/reader';
import { validationError } from '../template/errors';

const PAGE = 100;

/** One page of a list, and where the next one begins. */
export const pageOf = (member: string, all: readonly Output[], input: Reader): Output => {
  const token = input.optionalText('NextToken') ?? '0';
  if (!/^\d+$/.test(token)) throw validationError(`NextToken ${token} is not valid`);
  const end = Number(token) + PAGE;
  return { [member]: all.slice(Number(token), end), NextToken: end < all.length ? String(end) : undefined };
};
