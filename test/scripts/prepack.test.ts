import { execSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRecord } from '../../local/core/json';
import { Reader } from '../../local/core/reader';

const MANIFEST = readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prepack-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('packing removes what a package would hold of former builds, and not the endpoint that runs', () => {
  const parsed: unknown = JSON.parse(MANIFEST);
  const manifest = new Reader(isRecord(parsed) ? parsed : {});
  const [removal] = manifest.record('scripts').text('prepack').split(' && ');
  const held = manifest
    .texts('files')
    .filter((file) => file.startsWith('dist/'))
    .map((file) => join(file, 'former.js'));
  expect(held).toHaveLength(2);
  const running = ['dist/local/main.js', 'dist/local/lambda/runtime.js', 'dist/examples/flights/jobs/job.js'];
  for (const file of [...held, ...running]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  execSync(removal, { cwd: folder });
  expect([...held, ...running].filter((file) => existsSync(join(folder, file)))).toEqual(running);
});
