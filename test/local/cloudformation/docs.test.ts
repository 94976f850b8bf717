import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { servedTypes } from '../../../local/cloudformation/registry';
import { inertTypes } from '../../../local/cloudformation/resources/inert';
import { SERVICES } from '../../../local/services';
import { createTestWorld } from '../support';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/local.md'), 'utf8');

/** The rows of the table under a heading, each with its cells, without the padding of the formatter. */
const rowsUnder = (heading: string): readonly string[] => {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [text] = section.split('\n## ');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''))
      .join(' | '),
  );
};

test('the page lists every resource type, and whether it behaves', () => {
  const served = servedTypes.map(
    ({ type, inert, properties = [] }) =>
      `${type} | ${inert === true ? 'inert' : 'behaves'} | ${[...properties].sort().join(', ')}`,
  );
  const others = inertTypes.map(({ type }) => `${type} | inert | any`);
  expect([...rowsUnder('Resource types')].sort()).toEqual([...served, ...others].sort());
});

test('the page lists every operation of every service', async () => {
  const rows: string[] = [];
  const world = await createTestWorld(
    SERVICES.map((create) => (around) => {
      const service = create(around);
      rows.push(`${service.name} | ${Object.keys(service.operations).sort().join(', ')}`);
      return service;
    }),
  );
  await world.close();
  expect([...rowsUnder('Operations')].sort()).toEqual(rows.sort());
});
