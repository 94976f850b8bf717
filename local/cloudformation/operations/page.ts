import { pageOf as corePageOf } from '../../core/pages';
import type { Output } from '../../core/service';
import type { Reader } from '../../core/reader';

const PAGES = { usual: 100, tokenError: 'ValidationError' } as const;

/** One page of a list, whose entries differ in `name`, and where the next one begins. */
export const pageOf = (member: string, all: readonly Output[], name: string, input: Reader): Output => {
  const { page, next } = corePageOf(input, all, PAGES, (entry) => String(entry[name]));
  return { [member]: page, NextToken: next };
};
