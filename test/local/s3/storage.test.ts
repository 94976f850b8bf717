import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
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

const write = async (text: string) => (await blobs.write(Readable.from([Buffer.from(text)]))).blob;
const read = async (name: string, start: number, length: number) =>
  (await buffer(blobs.read(name, { start, length }))).toString();

describe('bytes on disk', () => {
  test('are read to their end by those who began before they were removed', async () => {
    const name = await write('hello');
    const readers = [read(name, 0, 5), read(name, 1, 3)];
    await blobs.remove(name);
    expect(await readdir(directory)).toEqual([]);
    expect(await Promise.all(readers)).toEqual(['hello', 'ell']);
  });

  test('are removed twice without harm', async () => {
    const name = await write('x');
    await blobs.remove(name);
    await blobs.remove(name);
    expect(await readdir(directory)).toEqual([]);
  });

  test('leave nothing when they are cut short', async () => {
    async function* cut(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from('x'));
      throw new Error('cut');
    }
    await expect(blobs.write(cut())).rejects.toThrow('cut');
    expect(await readdir(directory)).toEqual([]);
  });

  test('of several files come one after the other', async () => {
    const files = [
      { blob: await write('ab'), size: 2 },
      { blob: await write(''), size: 0 },
      { blob: await write('c'), size: 1 },
    ];
    expect((await buffer(blobs.join(files))).toString()).toBe('abc');
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
