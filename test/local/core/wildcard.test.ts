import { expect, test } from 'vitest';
import { matchesWildcard } from '../../../local/core/wildcard';

test.each([
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['a*c', 'abbc', true],
  ['a*c', 'abcd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*ab*ab', 'abab', true],
  ['*ab*ab', 'aab', false],
  ['a**b', 'ab', true],
  ['a.c', 'abc', false],
  ['job/*:?', 'job/7:1', true],
])('%j matches %j: %s', (pattern, text, expected) => {
  expect(matchesWildcard(pattern, text)).toBe(expected);
});

test('takes no exponential time', () => {
  expect(matchesWildcard('*a'.repeat(30), 'a'.repeat(60) + 'b')).toBe(false);
});
