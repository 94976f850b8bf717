import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorld } from '../support';
import { createTables, key, type Run } from './support';

let world: TestWorld;
let run: Run;
beforeAll(async () => {
  ({ world, run } = await createTables());
});
afterAll(() => world.close());

const TableName = 'results';
const item = { ...key('s1'), status: { S: 'RUNNING' }, count: { N: '200' } };
test.each([
  ['GetItem', { TableName: 'none', Key: key('s1') }, 'ResourceNotFoundException', 'Requested resource not found'],
  ['GetItem', { TableName, Key: { pipeline: { S: 'x' } } }, 'ValidationException', 'does not match the schema'],
  [
    'PutItem',
    { TableName, Item: item, ReturnValuesOnConditionCheckFailure: 'X' },
    'ValidationException',
    'ALL_OLD or NONE',
  ],
  ['PutItem', { TableName, Item: item, Surprise: 1 }, 'NotImplemented', 'the parameter Surprise of dynamodb:PutItem'],
  ['PutItem', { TableName: 1, Item: item }, 'ValidationException', "'TableName' must be a string"],
  [
    'PutItem',
    { TableName, Item: { ...item, a: null } },
    'ValidationException',
    "null is not a value in dynamodb:PutItem, at 'a'",
  ],
  ['GetItem', { TableName, Key: null }, 'ValidationException', "'key'"],
  ['ExecuteStatement', {}, 'NotImplemented', 'dynamodb:ExecuteStatement'],
])('fails %s of %j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
