import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TestWorld } from '../support';
import { createTables, TABLE, type Run } from './support';

let world: TestWorld;
let run: Run;
beforeEach(async () => {
  ({ world, run } = await createTables());
});
afterEach(() => world.close());

const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/results';
const policyOf = (Action: string): string =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action, Resource: '*' } });
const NOT_FOUND = { code: 'PolicyNotFoundException' };

test('the policy of a table is the one that was put last, until it is deleted', async () => {
  await expect(run('GetResourcePolicy', { ResourceArn })).rejects.toMatchObject(NOT_FOUND);
  await run('PutResourcePolicy', { ResourceArn, Policy: policyOf('dynamodb:GetItem') });
  const { RevisionId } = await run('PutResourcePolicy', { ResourceArn, Policy: policyOf('dynamodb:Query') });
  expect(await run('GetResourcePolicy', { ResourceArn })).toEqual({ Policy: policyOf('dynamodb:Query'), RevisionId });
  expect(await run('DeleteResourcePolicy', { ResourceArn })).toEqual({ RevisionId });
  await expect(run('GetResourcePolicy', { ResourceArn })).rejects.toMatchObject(NOT_FOUND);
  expect(await run('DeleteResourcePolicy', { ResourceArn })).toEqual({});
});

test('a policy is changed and deleted in the revision that is expected only', async () => {
  const put = (ExpectedRevisionId: unknown, Policy = policyOf('dynamodb:GetItem')) =>
    run('PutResourcePolicy', { ResourceArn, Policy, ExpectedRevisionId });
  const { RevisionId } = await put('NO_POLICY');
  expect((await put(RevisionId)).RevisionId).toBe(RevisionId);
  await put(RevisionId, policyOf('dynamodb:Query'));
  for (const expected of ['NO_POLICY', RevisionId]) await expect(put(expected)).rejects.toMatchObject(NOT_FOUND);
  const remove = run('DeleteResourcePolicy', { ResourceArn, ExpectedRevisionId: RevisionId });
  await expect(remove).rejects.toMatchObject(NOT_FOUND);
});

test('a policy goes with its table', async () => {
  await run('PutResourcePolicy', { ResourceArn, Policy: policyOf('dynamodb:GetItem') });
  await run('DeleteTable', { TableName: 'results' });
  const gone = { name: 'ResourceNotFoundException' };
  await vi.waitFor(() => expect(run('DescribeTable', { TableName: 'results' })).rejects.toMatchObject(gone));
  await expect(run('GetResourcePolicy', { ResourceArn })).rejects.toMatchObject(gone);
  await run('CreateTable', TABLE);
  await expect(run('GetResourcePolicy', { ResourceArn })).rejects.toMatchObject(NOT_FOUND);
});

test('what is no policy is refused', async () => {
  const put = run('PutResourcePolicy', { ResourceArn, Policy: '{' });
  await expect(put).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(run('PutResourcePolicy', { ResourceArn, Policy: '{}', Other: 1 })).rejects.toThrow(
    'the parameter Other',
  );
});
