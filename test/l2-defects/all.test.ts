import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sources } from '../architecture/imports';

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('each of the 18 defects known of the L2 constructs has a test that names it', () => {
  const titles = sources('test/l2-defects').map(text).join('\n');
  const defects = Array.from({ length: 18 }, (_, index) => `D${index + 1}`);
  expect(defects.filter((defect) => !titles.includes(`test('${defect}: `))).toEqual([]);
});

test('D16: examples of the documents are compiled and synthesised, each of them', () => {
  // The test of all examples is test/readme; here it is only seen that it takes in README and guides.
  const examples = text('test/readme/readme.test.ts');
  expect(examples).toContain("['README.md', ...guides.map((file) => `docs/${file}`)]");
});
