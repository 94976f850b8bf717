import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogWorld, messagesOf, NOW, type LogWorld } from './support';

let world: LogWorld['world'];
let run: LogWorld['run'];
let put: LogWorld['put'];
beforeEach(async () => {
  ({ world, run, put } = await createLogWorld());
});
afterEach(() => world.close());

const get = (input = {}) => run('GetLogEvents', { logStreamName: 'a', ...input });

test('any text survives', async () => {
  const lines = ['with "quotes"', '\u0000', 'line\nbreak'];
  await put(lines);
  expect(messagesOf(await get({ startFromHead: true }))).toEqual(lines);
});

test('finds the earliest of very many lines', async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
  await run('CreateLogStream', { logStreamName: 'b' });
  await put(lines, NOW + 5, 'b');
  await put(lines, NOW + 10);
  const answer = await run('FilterLogEvents', { filterPattern: 'line', limit: 3 });
  expect(messagesOf(answer)).toEqual(['line 0', 'line 1', 'line 2']);
  expect(answer.events).toMatchObject([{ logStreamName: 'b' }, {}, {}]);
});

test('lines of thousands of streams are in one file per group, removed with the group', async () => {
  const names = Array.from({ length: 2_000 }, (_, index) => `stream/${index}`);
  for (const logStreamName of names) {
    await run('CreateLogStream', { logStreamName });
    await put([`hello from ${logStreamName}`, 'x'.repeat(100)], NOW, logStreamName);
  }
  expect(messagesOf(await get({ logStreamName: 'stream/1234', startFromHead: true }))[0]).toBe(
    'hello from stream/1234',
  );
  const folder = join(world.directory, 'logs');
  expect(readdirSync(folder)).toHaveLength(1);
  await run('DeleteLogGroup');
  expect(readdirSync(folder)).toEqual([]);
});

test('the files are gone when the endpoint stops', async () => {
  await put(['x'.repeat(100_000)]);
  await world.close();
  expect(existsSync(world.directory)).toBe(false);
});
