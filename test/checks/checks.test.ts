import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../lib/contracts/checks';
import type { Check } from '../../lib/contracts/checks/check';
import { ROOT, sources } from '../architecture/imports';
import { pageOf } from '../support/page';
import { checksPage, GROUPS } from './page';
import { isInTemplates, NOT_IN_TEMPLATES } from './templates';

const textOf = (files: readonly string[]): string =>
  files.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
const library = textOf(sources('lib').filter((file) => !file.startsWith('lib/contracts/')));
const tests = textOf(sources('test').filter((file) => !file.startsWith('test/checks/')));

/** Whether an id occurs as a whole: `queue-share` does not occur in `queue-share-name`. */
const names = (text: string, id: string): boolean => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text);

const entries: readonly (readonly [string, Check])[] = Object.entries(CHECKS);

describe('the checks', () => {
  test('are all made by the library', () => {
    expect(Object.keys(CHECKS).filter((id) => !names(library, id))).toEqual([]);
  });

  test('are all shown by a test that names them', () => {
    expect(Object.keys(CHECKS).filter((id) => !names(tests, id))).toEqual([]);
  });

  test('an id that no test names would be found', () => {
    expect(names('refuses [queue-share-name]', 'queue-share')).toBe(false);
    expect(names('refuses [queue-share]', 'queue-share')).toBe(true);
  });

  test('belong to one group each, which their id begins with', () => {
    const wrong = GROUPS.flatMap(({ title, checks }) =>
      Object.keys(checks).filter((id) => !id.startsWith(`${title.toLowerCase()}-`)),
    );
    expect(wrong).toEqual([]);
    expect(GROUPS.flatMap(({ checks }) => Object.keys(checks))).toHaveLength(entries.length);
  });

  test('have rules of one line, and sources that are pages of AWS', () => {
    const wrong = entries.filter(
      ([, { rule, source }]) =>
        /\n|\.$/.test(rule) || !(source ?? 'https://docs.aws.amazon.com/').startsWith('https://'),
    );
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  test('are read from templates, or it is said why they are not', () => {
    const ids = Object.keys(CHECKS);
    expect(ids.filter((id) => isInTemplates(id) === id in NOT_IN_TEMPLATES)).toEqual([]);
  });

  test('are listed in docs/checks.md', async () => {
    const { actual, expected } = await pageOf('checks.md', checksPage());
    expect(actual).toBe(expected);
  });
});
