import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../../lambda/shared/items';
import { itemSourceOf } from '../../../lambda/shared/item-source';
import { allOf, objectsWith, refusalOf } from '../support';

const nowhere = objectsWith({});

const listing = (...keys: readonly string[]) =>
  objectsWith({
    async *keys() {
      for (const key of keys) yield await Promise.resolve(key);
    },
  });

const PREFIX = { prefix: { bucket: 'data', prefix: 'in/' } };

const textsOf = (list: readonly unknown[]) => itemSourceOf({ list }, 'items', []);

describe('items of a list', () => {
  test('keep their order and their kind', async () => {
    const texts = ['"a"', '0', 'false', '[]', '{"b":{"c":null}}', '""'];
    const source = textsOf(['a', 0, false, [], { b: { c: null } }, '']);
    expect(source).toEqual({ texts });
    expect(await itemsOf(nowhere, source)).toEqual(texts);
  });

  test('refuse one that is too long, by its index, without a word of it', async () => {
    expect(await refusalOf(() => textsOf(['short', 'x'.repeat(4_095)]))).toBe(
      "InvalidRequest: 'items.list[1]' is longer than 4096 bytes; put larger data into an object of its own and make the " +
        'item point to it',
    );
  });

  test('refuse more than an array job has children, with their count', async () => {
    const list = Array.from({ length: 10_001 }, (_, index) => index);
    expect(await refusalOf(() => textsOf(list))).toMatch(
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
    { prefix: { bucket: 'b', prefix: '' } },
    { manifest: { bucket: 'b', key: 'k' } },
    { manifest: { bucket: 'b', key: 'k', versionId: 'v' } },
  ])('may be %j', (source) => {
    expect(itemSourceOf(source, 'items', allOf('a', 'b'))).toEqual(source);
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
    [
      { manifest: { bucket: 'b', key: 'k'.repeat(1_025) } },
      "'items.manifest.key' must have at most 1024 characters, got 1025",
    ],
    [{ manifest: { bucket: 'b', key: 7 } }, "'items.manifest.key' must be a string, got a number"],
    [
      { manifest: { bucket: 'b', key: 'k', version: 'v' } },
      "'items.manifest' has no field 'version'; it takes bucket, key, versionId",
    ],
  ])('refuses %j', async (source, message) => {
    expect(await refusalOf(() => itemSourceOf(source, 'items', allOf('a', 'b')))).toBe(`InvalidRequest: ${message}`);
  });

  const SCENES = [{ bucket: 'a', prefix: 'scenes/' }, ...allOf('b')];

  test.each([
    { prefix: { bucket: 'a', prefix: 'scenes/' } },
    { prefix: { bucket: 'a', prefix: 'scenes/1' } },
    { manifest: { bucket: 'a', key: 'scenes/list.jsonl' } },
    { manifest: { bucket: 'b', key: 'payroll' } },
  ])('may be below what is known: %j', (source) => {
    expect(itemSourceOf(source, 'items', SCENES)).toEqual(source);
  });

  test.each([
    [{ prefix: { bucket: 'a', prefix: '' } }, "'items.prefix' is at ''"],
    [{ prefix: { bucket: 'a', prefix: 'scene' } }, "'items.prefix' is at 'scene'"],
    [{ manifest: { bucket: 'a', key: 'payroll/scenes/' } }, "'items.manifest' is at 'payroll/scenes/'"],
    [{ manifest: { bucket: 'a', key: 'x'.repeat(100) } }, `'items.manifest' is at '${'x'.repeat(77)}...'`],
  ])('refuses keys elsewhere: %j', async (source, what) => {
    expect(await refusalOf(() => itemSourceOf(source, 'items', SCENES))).toBe(
      `UnknownKey: ${what}, where no items are known here; known beginnings of keys: scenes/`,
    );
  });

  test('refuses all buckets when none is known', async () => {
    expect(await refusalOf(() => itemSourceOf({ prefix: { bucket: 'a', prefix: '' } }, 'items', []))).toBe(
      "UnknownBucket: 'items.prefix.bucket' is 'a', which is not known here; known buckets: none",
    );
  });

  test.each([
    [{ prefix: { bucket: 'c', prefix: '' } }, "'items.prefix.bucket' is 'c'"],
    [{ manifest: { bucket: 'A', key: 'k' } }, "'items.manifest.bucket' is 'A'"],
    [{ manifest: { bucket: 'a,b', key: 'k' } }, "'items.manifest.bucket' is 'a,b'"],
    [{ manifest: { bucket: 'a\nb', key: 'k' } }, "'items.manifest.bucket' is 'a\\u{a}b'"],
  ])('refuses the bucket of %j', async (source, what) => {
    expect(await refusalOf(() => itemSourceOf(source, 'items', allOf('a', 'b')))).toBe(
      `UnknownBucket: ${what}, which is not known here; known buckets: a, b`,
    );
  });
});
