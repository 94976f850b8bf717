import { expect, test } from 'vitest';
import { decide } from './decide';

const surface = (...reached: readonly string[]) => ({
  all: ['Queue Priority', 'Queue Order', 'Queue Order[].Name', 'Queue Orderly'],
  reached: new Set(reached),
});
const leftOut = (...paths: readonly string[]) => paths.map((path) => ({ path, reason: 'deprecated' }));

test('a path is decided on when it is reached, or left out', () => {
  const decisions = decide(surface('Queue Priority', 'Queue Orderly'), leftOut('Queue Order'));
  expect(decisions).toEqual({ undecided: [], stale: [] });
});

test('a path that is left out stands for those below it, not for those that are called alike', () => {
  expect(decide(surface('Queue Priority'), leftOut('Queue Order')).undecided).toEqual(['Queue Orderly']);
});

test('a path that a new schema brings is undecided until somebody decides on it', () => {
  const [before, reached] = [surface('Queue Priority', 'Queue Orderly'), leftOut('Queue Order')];
  const after = { ...before, all: [...before.all, 'Queue Novelty'] };
  expect(decide(after, reached).undecided).toEqual(['Queue Novelty']);
});

test('a path that is left out and still reached is stale, and so is one that is gone', () => {
  const all = surface('Queue Priority', 'Queue Order', 'Queue Order[].Name', 'Queue Orderly');
  expect(decide(all, leftOut('Queue Order', 'Queue Gone')).stale).toEqual(['Queue Order', 'Queue Gone']);
});
