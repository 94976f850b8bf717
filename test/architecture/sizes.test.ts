import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, sources } from './imports';

const lengths = ['bin', 'lib', 'lambda', 'local', 'examples']
  .flatMap(sources)
  .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
  .sort((one, other) => one.lines - other.lines);

test('the median file has at most 100 lines', () => {
  expect(lengths[Math.floor(lengths.length / 2)].lines).toBeLessThanOrEqual(100);
});

test('no file has more than 350 lines', () => {
  expect(lengths.filter(({ lines }) => lines > 350)).toEqual([]);
});

test('the app of a platform repo has at most 40 lines', () => {
  expect(lengths.find(({ file }) => file === 'bin/app.ts')?.lines).toBeLessThanOrEqual(40);
});

test('the wiring of a handler has at most 25 lines', () => {
  const wiring = lengths.filter(({ file }) => /^lambda\/[^/]+\/index\.ts$/.test(file));
  expect(wiring.length).toBeGreaterThan(0);
  expect(wiring.filter(({ lines }) => lines > 25)).toEqual([]);
});
