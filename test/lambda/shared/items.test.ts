import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../../lambda/shared/items';
import { itemSourceOf } from '../../../lambda/shared/item-source';
import { objectsWith, refusalOf } from '../support';

const nowhere = objectsWith({});

const listing = (...keys: readonly string[]) =>
  objectsWith({
    async *keys() {
      for (const key of keys) yield await Promise.resolve(key);
    },
  });

const PREFIX = { prefix: { bucket: 'data', prefix: 'in/' } };

describe('items of a list', () => {
  test('keep their order and their kind', async () => {
    expect(await itemsOf(nowhere, { list: ['a', 0, false, [], { b: { c: null } }, ''] })).toEqual([
      '"a"',
      '0',
      'false',
      '[]',
      '{"b":{"c":null}}',
      '""',
    ]);
  });

  test('refuse one that is too long, by its index', async () => {
    const list = ['short', 'x'.repeat(4_095)];
    expect(await refusalOf(() => itemsOf(nowhere, { list }))).toMatch(
      /^InvalidRequest: 'items.list\[1\]' is longer than 4096 bytes; put larger data into an object of its own .*"xxx/,
    );
  });

  test('refuse more than an array job has children, with their count', async () => {
    const list = Array.from({ length: 10_001 }, (_, index) => index);
    expect(await refusalOf(() => itemsOf(nowhere, { list }))).toMatch(
      /^TooManyItems: the list has 10001 items, an array job has at most 10000 children: split/,
    );
  });
});

describe('items of a prefix', () => {
  test('are the locations of its objects, folders left out', async () => {
    const objects = listing('in/', 'in/a.csv', 'in/b/', 'in/b/ü "x".csv');
    expect((await itemsOf(objects, PREFIX)).map((text): unknown => JSON.parse(text))).toEqual([
      { bucket: 'data', key: 'in/a.csv' },
      { bucket: 'data', key: 'in/b/ü "x".csv' },
    ]);
  });

  test('are none when nothing is there', async () => {
    expect(await itemsOf(listing(), PREFIX)).toEqual([]);
  });

  test('refuse more than an array job has children, and stop listing', async () => {
    let listed = 0;
    const endless = objectsWith({
      async *keys() {
        for (;;) yield await Promise.resolve(`in/${listed++}`);
      },
    });
    expect(await refusalOf(() => itemsOf(endless, PREFIX))).toMatch(
      /^TooManyItems: the prefix s3:\/\/data\/in\/ has more than 10000 items/,
    );
    expect(listed).toBe(10_001);
  });
});

describe('the source of items', () => {
  test.each([
    { list: [] },
    { list: [1, 'a'] },
    { prefix: { bucket: 'b', prefix: '' } },
    { manifest: { bucket: 'b', key: 'k' } },
    { manifest: { bucket: 'b', key: 'k', versionId: 'v' } },
  ])('may be %j', (source) => {
    expect(itemSourceOf(source, 'items')).toEqual(source);
  });

  test.each([
    [undefined, "'items' must be an object, got nothing"],
    [[1, 2], "'items' must be an object, got a list"],
    [{}, "'items' must have exactly one of list, prefix, manifest, got none"],
    [{ list: [], manifest: {} }, "'items' must have exactly one of list, prefix, manifest, got list and manifest"],
    [{ lists: [] }, "'items' has no field 'lists'; it takes list, prefix, manifest"],
    [{ list: 'a,b' }, "'items.list' must be a list of JSON values, got a string"],
    [{ list: [1, null] }, "'items.list[1]' must be a JSON value other than null, got null"],
    [{ prefix: 's3://b/p' }, "'items.prefix' must be an object, got a string"],
    [{ prefix: { bucket: 'b' } }, "'items.prefix.prefix' must be a string, got nothing"],
    [{ prefix: { bucket: '', prefix: '' } }, "'items.prefix.bucket' must not be empty"],
    [{ manifest: { bucket: 'b', key: 7 } }, "'items.manifest.key' must be a string, got a number"],
    [
      { manifest: { bucket: 'b', key: 'k', version: 'v' } },
      "'items.manifest' has no field 'version'; it takes bucket, key, versionId",
    ],
  ])('refuses %j', async (source, message) => {
    expect(await refusalOf(() => itemSourceOf(source, 'items'))).toBe(`InvalidRequest: ${message}`);
  });
});
