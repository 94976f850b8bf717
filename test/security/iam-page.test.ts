import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ROOT } from '../architecture/imports';
import { cellsOf } from '../prove-iam/page';
import { grantsOf } from '../support/grants';
import { appOf, ENTRIES, synthesize } from './apps';

const CELLS = 3;

const listed = new Set(
  readFileSync(join(ROOT, 'docs/iam.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === CELLS + 3)
    .flatMap(([, principal, actions, resource]) =>
      actions.split(', ').map((action) => [principal, action, resource].join(' | ')),
    ),
);
const granted = new Set<string>();

beforeAll(async () => {
  for (const entry of ENTRIES) {
    for (const template of synthesize(await appOf(entry))) {
      for (const grant of grantsOf(template)) granted.add(cellsOf(grant).join(' | '));
    }
  }
}, 120_000);

const HINT = 'run WRITE_DOCS=1 npm run prove:iam';

test('docs/iam.md has every permission of the templates', () => {
  expect(granted.size).toBeGreaterThan(100);
  expect(
    [...granted].filter((grant) => !listed.has(grant)),
    HINT,
  ).toEqual([]);
});

test('docs/iam.md has no permission that no template has', () => {
  const isGrant = /^[^|]+ \| `[\w-]+:[\w*]+` \|/;
  expect(
    [...listed].filter((row) => isGrant.test(row) && !granted.has(row)),
    HINT,
  ).toEqual([]);
});
