import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogWorld, messagesOf, NOW, type LogWorld } from './support';

let world: LogWorld['world'];
let run: LogWorld['run'];
let put: LogWorld['put'];
beforeEach(async () => {
  ({ world, run, put } = await createLogWorld());
});
afterEach(() => world.close());

const DAY = 86_400_000;
const get = (input = {}) => run('GetLogEvents', { logStreamName: 'a', ...input });

test('what was written is read, in order of time', async () => {
  await put(['two', 'three'], NOW + 10);
  await put(['one'], NOW);
  const answer = await get({ startFromHead: true });
  expect(messagesOf(answer)).toEqual(['one', 'two', 'three']);
  expect(answer.events).toMatchObject([{ timestamp: NOW, ingestionTime: expect.any(Number) as unknown }, {}, {}]);
});

test('any text survives', async () => {
  const lines = ['with "quotes"', 'ünï©ode 🚀', 'line\nbreak', '\u0000'];
  await put(lines);
  expect(messagesOf(await get({ startFromHead: true }))).toEqual(lines);
});

describe('pages', () => {
  beforeEach(async () => {
    await put(['0', '1', '2']);
    await put(['3', '4', '5', '6'], NOW + 3);
  });

  test('run from the head to the end, where the token stays', async () => {
    const first = await get({ startFromHead: true, limit: 4 });
    expect(messagesOf(first)).toEqual(['0', '1', '2', '3']);
    const second = await get({ nextToken: first.nextForwardToken, limit: 4 });
    expect(messagesOf(second)).toEqual(['4', '5', '6']);
    const third = await get({ nextToken: second.nextForwardToken });
    expect(messagesOf(third)).toEqual([]);
    expect(third.nextForwardToken).toBe(second.nextForwardToken);
  });

  test('run from the end to the head', async () => {
    const first = await get({ limit: 4 });
    expect(messagesOf(first)).toEqual(['3', '4', '5', '6']);
    const second = await get({ nextToken: first.nextBackwardToken, limit: 4 });
    expect(messagesOf(second)).toEqual(['0', '1', '2']);
    expect(messagesOf(await get({ nextToken: second.nextBackwardToken }))).toEqual([]);
  });

  test('see what is written after them', async () => {
    const { nextForwardToken } = await get({ startFromHead: true });
    await put(['7'], NOW + 7);
    expect(messagesOf(await get({ nextToken: nextForwardToken }))).toEqual(['7']);
  });

  test.each([
    [{ startTime: NOW + 5 }, ['5', '6']],
    [{ endTime: NOW + 2 }, ['0', '1']],
    [{ startTime: NOW + 2, endTime: NOW + 4 }, ['2', '3']],
    [{ startTime: NOW + 100 }, []],
  ])('keep to a range of time', async (range, expected) => {
    expect(messagesOf(await get({ ...range, startFromHead: true }))).toEqual(expected);
    expect(messagesOf(await get(range))).toEqual(expected);
  });

  test('have at most 1 MiB', async () => {
    await run('CreateLogStream', { logStreamName: 'large' });
    const line = 'x'.repeat(400_000);
    for (let index = 0; index < 4; index += 1) await put([`${index}${line}`], NOW + index, 'large');
    const first = await get({ logStreamName: 'large', startFromHead: true });
    expect(messagesOf(first).map((message) => String(message).slice(0, 1))).toEqual(['0', '1']);
    const second = await get({ logStreamName: 'large', nextToken: first.nextForwardToken });
    expect(messagesOf(second).map((message) => String(message).slice(0, 1))).toEqual(['2', '3']);
  });
});

describe('filtering', () => {
  beforeEach(async () => {
    await run('CreateLogStream', { logStreamName: 'b' });
    await put(['a ERROR one', 'a INFO two'], NOW);
    await put(['b ERROR three', 'b WARN exit code 1'], NOW + 1, 'b');
  });

  test('finds lines of many streams by time', async () => {
    const answer = await run('FilterLogEvents');
    expect(answer.events).toMatchObject([
      { logStreamName: 'a', message: 'a ERROR one', timestamp: NOW },
      { logStreamName: 'a', message: 'a INFO two' },
      { logStreamName: 'b', message: 'b ERROR three' },
      { logStreamName: 'b', message: 'b WARN exit code 1' },
    ]);
  });

  test.each([
    ['ERROR', ['a ERROR one', 'b ERROR three']],
    ['ERROR one', ['a ERROR one']],
    ['"exit code"', ['b WARN exit code 1']],
    ['?one ?two', ['a ERROR one', 'a INFO two']],
    ['-ERROR -"exit code"', ['a INFO two']],
    ['error', []],
  ])('by %s', async (filterPattern, expected) => {
    expect(messagesOf(await run('FilterLogEvents', { filterPattern }))).toEqual(expected);
  });

  test.each([
    [{ logStreamNames: ['b'] }, ['b ERROR three', 'b WARN exit code 1']],
    [{ logStreamNamePrefix: 'a' }, ['a ERROR one', 'a INFO two']],
    [{ startTime: NOW + 2 }, ['b WARN exit code 1']],
    [{ endTime: NOW }, ['a ERROR one']],
  ])('keeps to %j', async (range, expected) => {
    expect(messagesOf(await run('FilterLogEvents', range))).toEqual(expected);
  });

  test('goes on where it stopped', async () => {
    const first = await run('FilterLogEvents', { filterPattern: 'ERROR', limit: 1 });
    expect(messagesOf(first)).toEqual(['a ERROR one']);
    const second = await run('FilterLogEvents', { filterPattern: 'ERROR', limit: 1, nextToken: first.nextToken });
    expect(messagesOf(second)).toEqual(['b ERROR three']);
    expect(second.nextToken).toBeUndefined();
  });

  test('finds the earliest of very many lines', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
    await put(lines, NOW + 5, 'b');
    await put(lines, NOW + 10);
    const answer = await run('FilterLogEvents', { filterPattern: 'line', limit: 3 });
    expect(messagesOf(answer)).toEqual(['line 0', 'line 1', 'line 2']);
    expect(answer.events).toMatchObject([{ logStreamName: 'b' }, {}, {}]);
  });
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

test.each([
  [[-15 * DAY], { tooOldLogEventEndIndex: 1, expiredLogEventEndIndex: 1 }],
  [[-4 * DAY], { expiredLogEventEndIndex: 1 }],
  [[0, 3 * 3_600_000], { tooNewLogEventStartIndex: 1 }],
])('events at %j are sorted out', async (offsets, rejectedLogEventsInfo) => {
  await run('PutRetentionPolicy', { retentionInDays: 3 });
  const logEvents = offsets.map((offset) => ({ timestamp: Date.now() + offset, message: String(offset) }));
  expect(await run('PutLogEvents', { logStreamName: 'a', logEvents })).toMatchObject({ rejectedLogEventsInfo });
  expect(messagesOf(await get())).toEqual(offsets.filter((offset) => offset === 0).map(String));
});

test.each([
  ['PutLogEvents', { logStreamName: 'a', logEvents: [] }, 'InvalidParameterException', '1 to 10000'],
  [
    'PutLogEvents',
    { logStreamName: 'a', logEvents: [{ timestamp: 1, message: '' }] },
    'InvalidParameterException',
    "'logEvents[0]'",
  ],
  ['PutLogEvents', { logStreamName: 'a', logEvents: [null] }, 'InvalidParameterException', "'logEvents[0]'"],
  [
    'PutLogEvents',
    { logStreamName: 'a', logEvents: [2, 1].map((timestamp) => ({ timestamp, message: 'x' })) },
    'InvalidParameterException',
    'chronological order',
  ],
  [
    'PutLogEvents',
    { logStreamName: 'a', logEvents: [NOW - DAY - 1, NOW].map((timestamp) => ({ timestamp, message: 'x' })) },
    'InvalidParameterException',
    'more than 24 hours',
  ],
  [
    'PutLogEvents',
    { logStreamName: 'a', logEvents: [{ timestamp: NOW, message: 'x'.repeat(1_048_551) }] },
    'InvalidParameterException',
    'Upload too large: 1048577 bytes',
  ],
  ['PutLogEvents', { logStreamName: 'none', logEvents: [] }, 'ResourceNotFoundException', 'log stream does not exist'],
  [
    'PutLogEvents',
    { logGroupName: 'none', logStreamName: 'a' },
    'ResourceNotFoundException',
    'log group does not exist',
  ],
  ['GetLogEvents', { logStreamName: 'a', nextToken: 'x' }, 'InvalidParameterException', 'nextToken is invalid'],
  ['GetLogEvents', { logStreamName: 'a', limit: 10_001 }, 'InvalidParameterException', '1 to 10000'],
  ['FilterLogEvents', { filterPattern: '{ $.a = 1 }' }, 'NotImplemented', 'filter pattern'],
  ['FilterLogEvents', { filterPattern: '"open' }, 'InvalidParameterException', 'open quote'],
  ['FilterLogEvents', { logStreamNames: ['none'] }, 'ResourceNotFoundException', 'log stream'],
])('fails %s of %.90j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
