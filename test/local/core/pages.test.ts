import { expect, test } from 'vitest';
import { pageOf } from '../../../local/core/pages';
import { Reader } from '../../../local/core/reader';

const PAGES = { usual: 10 } as const;
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const read = (entries: readonly string[], NextToken?: string) =>
  pageOf(new Reader({ NextToken }), entries, PAGES, (name) => name);

test('all entries are shown once, page by page, while what was shown is deleted', () => {
  let left = names(35);
  const shown: string[] = [];
  let token: string | undefined;
  do {
    const { page, next } = read(left, token);
    shown.push(...page);
    left = left.filter((name) => !page.includes(name));
    token = next;
  } while (token !== undefined);
  expect(shown).toEqual(names(35));
  expect(left).toEqual([]);
});

test('new entries before the page and a deleted next one change nothing', () => {
  const { next } = read(names(20));
  const now = ['new', ...names(20).filter((name) => name !== 'n10')];
  expect(read(now, next).page[0]).toBe('n11');
});

test.each(['10', 'x', 'W10'])('the token %s is refused', (token) => {
  expect(() => read(names(20), token)).toThrow(`NextToken: '${token}' is not one of this operation's`);
});
