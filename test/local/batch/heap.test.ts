import { expect, test } from 'vitest';
import { Heap } from '../../../local/batch/heap';

test('a heap gives back its items in order', () => {
  const heap = new Heap<number>((left, right) => left < right);
  const numbers = Array.from({ length: 200 }, (_, index) => (index * 7919) % 211);
  numbers.forEach((number) => {
    heap.push(number);
  });
  expect(heap.peek()).toBe(Math.min(...numbers));
  expect(numbers.map(() => heap.pop())).toEqual([...numbers].sort((left, right) => left - right));
  expect(heap.pop()).toBeUndefined();
});
