import { describe, expect, test } from 'vitest';
import { manifestItems } from '../../../lambda/shared/manifest';
import { MANIFEST, objectsWith, pieces, readable, refusalOf } from '../support';

const items = (...chunks: readonly (string | Uint8Array)[]) => manifestItems(readable(pieces(...chunks)), MANIFEST);

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `${index}\n`).join('');

describe('a manifest', () => {
  test.each([
    ['nothing', '', []],
    ['any JSON value but null', '"a"\n1\nfalse\n[1]\n{"a":null}\n', ['"a"', '1', 'false', '[1]', '{"a":null}']],
    ['no line break at the end', '1\n2', ['1', '2']],
    ['CRLF line breaks', '1\r\n2\r\n', ['1', '2']],
    ['a byte order mark', '\uFEFF{"a":1}\n2\n', ['{"a":1}', '2']],
    ['blank lines at the end', '1\n2\n\n \t\r\n', ['1', '2']],
    ['blank lines only', '\n\n', []],
    ['padding, as in the items of an earlier submission', '1   \n200 \n', ['1', '200']],
    ['numbers beyond double precision', '12345678901234567890123\n', ['12345678901234567890123']],
    ['spaces and key order', '{"b": 1,  "a": 2}', ['{"b": 1,  "a": 2}']],
    ['multi-byte characters', '"Zürich"\n"東京"\n"🛫"\n', ['"Zürich"', '"東京"', '"🛫"']],
  ])('may have %s', async (_, content, expected) => {
    expect(await items(content)).toEqual(expected);
  });

  test('may have characters that arrive in two pieces', async () => {
    const bytes = Buffer.from('"🛫"\n');
    expect(await items(bytes.subarray(0, 3), bytes.subarray(3))).toEqual(['"🛫"']);
  });

  test.each([
    ['text', '1\nhello\n', /line 2 of the manifest \S+ is not JSON; each line must be one JSON value$/],
    ['half an object', '{"a":\n1}\n', /line 1 .* is not JSON/],
    ['two values', '1\n2\n3 4\n', /line 3 .* is not JSON/],
    ['null', '1\nnull\n', /line 2 .* is null; an item is any other JSON value; each/],
    ['a blank line between items', '1\n\n2\n', /line 2 .* is blank/],
    ['no UTF-8', Buffer.from([0x31, 0x0a, 0x22, 0xff, 0x22, 0x0a]), /line 2 .* is not UTF-8/],
    ['a long line', `1\n"${'x'.repeat(4_095)}"\n`, /line 2 .* is longer than 4096 bytes/],
    ['an endless line', `1\n"${'x'.repeat(40_000)}`, /line 2 .* is longer than 4096 bytes/],
    ['endless blanks behind an item', `1\n2${' '.repeat(40_000)}`, /line 2 .* is longer than 4096 bytes/],
    ['more bytes than characters', `"${'ü'.repeat(2_048)}"`, /line 1 .* is longer than 4096 bytes/],
  ])('refuses %s, with the number of the line', async (_, content, message) => {
    const refusal = await refusalOf(() => items(content));
    expect(refusal).toMatch(/^InvalidManifest: line \d+ of the manifest s3:\/\/data\/in\/list.jsonl/);
    expect(refusal).toMatch(message);
    expect(refusal.length).toBeLessThan(400);
  });

  test('takes an item of the largest size, CRLF and byte order mark around it', async () => {
    const largest = `"${'x'.repeat(4_094)}"`;
    expect(await items(`\uFEFF${largest}\r\n`)).toEqual([largest]);
  });

  test('takes 10,000 items', async () => {
    expect(await items(numbered(10_000))).toHaveLength(10_000);
  });

  test('refuses 10,001 items with the limit and what to do', async () => {
    expect(await refusalOf(() => items(numbered(10_001)))).toBe(
      'TooManyItems: the manifest s3://data/in/list.jsonl has more than 10000 items, an array job has at most 10000 ' +
        'children: split the items over several submissions, or put several units of work into one item',
    );
  });

  test('that is far too large is not read to its end', async () => {
    const stream = pieces(...Array.from({ length: 100 }, () => numbered(1_000)));
    await refusalOf(() => manifestItems(readable(stream), MANIFEST));
    expect(stream.taken).toBe(11);
  });

  test('refuses a location without an object', async () => {
    const absent = objectsWith({ read: () => Promise.resolve(undefined) });
    expect(await refusalOf(() => manifestItems(absent, { ...MANIFEST, versionId: 'v1' }))).toBe(
      'MissingManifest: there is no manifest s3://data/in/list.jsonl (version v1): check the location, and upload it ' +
        'before submitting',
    );
  });
});
