import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { servedTypes } from '../../../local/cloudformation/registry';
import { inertTypes } from '../../../local/cloudformation/resources/inert';
import type { ResourceType } from '../../../local/cloudformation/types/resource-type';
import { SERVICES } from '../../../local/services';
import { table } from '../../support/page';
import { createTestWorld } from '../support';

const FILE = resolve(import.meta.dirname, '../../../docs/local.md');

/** The table under a heading, between marks that keep the formatter away. */
const tableOf = (heading: string) =>
  new RegExp(
    `(\\n## ${heading}\\n[^]*?<!-- prettier-ignore-start -->\\n\\n)([^]*?)(\\n\\n<!-- prettier-ignore-end -->)`,
  );

/** Compares a table of the page with what it should be; `npm run docs` writes it first. */
const expectTable = (heading: string, heads: readonly string[], rows: readonly (readonly string[])[]): void => {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, ...cells]) => [`\`${name}\``, ...cells]);
  const expected = table(heads, sorted);
  const page = readFileSync(FILE, 'utf8');
  if (process.env.WRITE_DOCS !== undefined) {
    writeFileSync(
      FILE,
      page.replace(tableOf(heading), (_, before: string, __, after: string) => before + expected + after),
    );
  }
  expect(tableOf(heading).exec(readFileSync(FILE, 'utf8'))?.at(2)).toBe(expected);
};

test('the page lists every resource type, and whether it behaves', () => {
  const propertiesOf = ({ properties }: ResourceType) =>
    properties === undefined ? 'all' : [...properties].sort().join(', ');
  const served = servedTypes.map((type) => [type.type, type.inert === true ? 'inert' : 'behaves', propertiesOf(type)]);
  const others = inertTypes.map(({ type }) => [type, 'inert', 'all']);
  expectTable('Resource types', ['Type', 'Here', 'Properties'], [...served, ...others]);
});

test('the page lists every operation of every service', async () => {
  const rows: string[][] = [];
  const world = await createTestWorld(
    SERVICES.map((create) => (around) => {
      const service = create(around);
      rows.push([service.name, Object.keys(service.operations).sort().join(', ')]);
      return service;
    }),
  );
  await world.close();
  expectTable('Operations', ['Service', 'Operations'], rows);
});
