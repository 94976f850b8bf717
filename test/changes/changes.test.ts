import { describe, expect, test } from 'vitest';
import { pageOf } from '../support/page';
import { inWords, namedChanges, versionOf } from './compare';
import { Effect } from './diff';
import { EDITS_IN_PLACE, EDITS_THAT_REPLACE, EDITS_WITH_REVISIONS } from './edits';
import { changesPage } from './page';

const version1 = versionOf();

describe('a change of compute, queues or tags', () => {
  test.each(EDITS_IN_PLACE)('stays in place: $title', ({ edit, changes }) => {
    const found = namedChanges(version1, versionOf(edit));
    expect(found.map(inWords)).toEqual(changes);
    expect(found.filter(({ effect }) => effect !== Effect.IN_PLACE && effect !== Effect.CREATED)).toEqual([]);
  });
});

describe('a change of a job', () => {
  test.each(EDITS_WITH_REVISIONS)('makes a new revision: $title', ({ edit, changes }) => {
    const found = namedChanges(version1, versionOf(edit));
    expect(found.map(inWords)).toEqual(changes);
    expect(found.filter(({ effect }) => effect !== Effect.NEW_REVISION)).toEqual([]);
  });
});

describe('a change that CloudFormation cannot make otherwise', () => {
  test.each(EDITS_THAT_REPLACE)('puts something new in its place: $title', ({ edit, changes }) => {
    expect(namedChanges(version1, versionOf(edit)).map(inWords)).toEqual(changes);
  });
});

test('docs/changes.md shows them all', async () => {
  const { actual, expected } = await pageOf('changes.md', changesPage());
  expect(actual).toBe(expected);
});
