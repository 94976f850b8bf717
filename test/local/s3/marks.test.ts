import { expect, test } from 'vitest';
import { afterMark } from '../../../local/s3/page';

const ENTRIES = ['a 1', 'a 2', 'b 1', 'b 2', 'b 3', 'c 1'].map((text) => ({ key: text[0], id: text[2] }));

test.each([
  ['', undefined, 'a1 a2 b1 b2 b3 c1'],
  ['', '9', 'a1 a2 b1 b2 b3 c1'],
  ['b', undefined, 'c1'],
  ['b', '1', 'b2 b3 c1'],
  ['b', '3', 'c1'],
  ['bb', '1', 'c1'],
  ['c', '1', ''],
  ['d', undefined, ''],
  // What a page named may be gone when the next one is asked for: nothing of its key may be left out then.
  ['b', '0', 'b1 b2 b3 c1'],
  ['c', '0', 'c1'],
])('after the key %j and the id %j come %s', (key, id, expected) => {
  const found = [...afterMark(ENTRIES, key, id, (entry) => entry.id)];
  expect(found.map((entry) => entry.key + entry.id).join(' ')).toBe(expected);
});
