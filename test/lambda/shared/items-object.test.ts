import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutItems } from '../../../lambda/shared/items-object';

/** What the child of an array job does: one read of a byte range, padding and line break are blanks to JSON. */
const itemOfChild = (content: Buffer, itemBytes: number, index: number): unknown =>
  JSON.parse(content.subarray(index * itemBytes, (index + 1) * itemBytes).toString());

const expectEveryChildToGetItsItem = (items: readonly unknown[]): void => {
  const texts = items.map((item) => JSON.stringify(item));
  const { object, content } = layOutItems('data', 'id', texts);
  expect(object).toMatchObject({ bucket: 'data', key: 'submissions/id/items.jsonl', count: items.length });
  expect(content).toHaveLength(items.length * object.itemBytes);
  const read = items.map((_, index) => itemOfChild(content, object.itemBytes, index));
  expect(JSON.stringify(read)).toBe(JSON.stringify(items));
};

describe('the items object', () => {
  test('gives every child its own item, whatever the items are', () => {
    const item = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.jsonValue().filter((value) => value !== null),
    );
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (items) => {
        // JSON knows no negative zero.
        expectEveryChildToGetItsItem(items.map((item): unknown => JSON.parse(JSON.stringify(item))));
      }),
    );
  });

  test.each([0, 1, 2, 9, 999, 10_000])('gives every child its own item, with %d items', (count) => {
    expectEveryChildToGetItsItem(
      Array.from({ length: count }, (_, index) => ({ key: `${'ä'.repeat(index % 7)}${index}` })),
    );
  });

  test('has one line for each item, as tools for text expect it', () => {
    const { content, object } = layOutItems('data', 'id', ['"ü"', '1', '{"a":1}']);
    expect(object.itemBytes).toBe(8);
    expect(content.toString()).toBe('"ü"   \n1      \n{"a":1}\n');
  });
});
