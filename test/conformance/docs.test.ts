import { describe, expect, test } from 'vitest';
import { pageOf } from '../support/page';
import { TABLES } from './kit/tables';
import { conformancePage } from './page';

describe('docs/conformance.md', () => {
  test('is what the rows say; `npm run docs` writes it', async () => {
    const { expected, actual } = await pageOf('conformance.md', conformancePage(TABLES));
    expect(actual).toBe(expected);
  });

  test('no two rows of a service promise the same', () => {
    const titles = TABLES.flatMap(({ service, rows }) => rows.map(({ behaviour }) => `${service}: ${behaviour}`));
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test.each(TABLES.flatMap(({ rows }) => rows))('the source of "$behaviour" is a page', ({ source }) => {
    expect(source).toMatch(/^(https:\/\/\S+|[a-zA-Z0-9-]+\/\S+\.html(#\S+)?)$/);
  });
});
