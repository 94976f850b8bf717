import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Blobs } from '../../../local/s3/blobs';
import { compareKeys } from '../../../local/s3/bucket';

let directory: string;
let blobs: Blobs;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blobs-'));
  blobs = new Blobs(directory);
});
afterEach(() => rm(directory, { recursive: true }));

describe('bytes on disk', () => {
  test('stay until the last reader has read them', async () => {
    const name = await blobs.write(Buffer.from('hello'));
    const readers = [blobs.read(name, 0, 5), blobs.read(name, 1, 3)];
    await blobs.remove(name);
    expect(existsSync(join(directory, name))).toBe(true);
    expect((await Promise.all(readers)).map(String)).toEqual(['hello', 'ell']);
    expect(await readdir(directory)).toEqual([]);
  });

  test('are removed twice without harm', async () => {
    const name = await blobs.write(Buffer.from('x'));
    await blobs.remove(name);
    await blobs.remove(name);
    expect(await readdir(directory)).toEqual([]);
  });

  test('fails when fewer are there than there should be', async () => {
    const name = await blobs.write(Buffer.from('x'));
    await expect(blobs.read(name, 0, 2)).rejects.toThrow('shorter than it was');
  });
});

test.each([
  ['a', 'b'],
  ['B', 'a'],
  ['a', 'a/'],
  ['z', 'ä'],
  ['\uff61', '\u{1f642}'],
])('the key %j comes before %j, as in UTF-8', (first, second) => {
  expect(compareKeys(first, second)).toBeLessThan(0);
  expect(compareKeys(second, first)).toBeGreaterThan(0);
  expect(compareKeys(first, first)).toBe(0);
});
