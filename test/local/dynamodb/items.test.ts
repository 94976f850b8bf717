import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
beforeEach(async () => {
  await run('PutItem', { TableName, Item: item });
});

test('an item is read as it was written', async () => {
  expect(await run('GetItem', { TableName, Key: key('s1') })).toEqual({ Item: item });
  expect(await run('GetItem', { TableName, Key: key('none') })).toEqual({});
});

test('a table may be named by its ARN', async () => {
  const arn = world.arn('dynamodb', 'table/results');
  expect(await run('GetItem', { TableName: arn, Key: key('s1') })).toEqual({ Item: item });
  expect(await run('BatchGetItem', { RequestItems: { [arn]: { Keys: [key('s1')] } } })).toMatchObject({
    Responses: { results: [item] },
  });
});

test('an update changes attributes and shows them', async () => {
  const updated = await run('UpdateItem', {
    TableName,
    Key: key('s1'),
    UpdateExpression: 'SET #s = :done ADD #c :one REMOVE absent',
    ExpressionAttributeNames: { '#s': 'status', '#c': 'count' },
    ExpressionAttributeValues: { ':done': { S: 'SUCCEEDED' }, ':one': { N: '1' } },
    ReturnValues: 'ALL_NEW',
  });
  expect(updated).toMatchObject({ Attributes: { status: { S: 'SUCCEEDED' }, count: { N: '201' } } });
});

test('items are found by key, in order, and by filter', async () => {
  await run('BatchWriteItem', {
    RequestItems: { results: ['s3', 's2'].map((id) => ({ PutRequest: { Item: { ...key(id), count: { N: '1' } } } })) },
  });
  const query = {
    TableName,
    KeyConditionExpression: 'pipeline = :p AND submissionId > :s',
    ExpressionAttributeValues: { ':p': { S: 'flights' }, ':s': { S: 's1' } },
    ScanIndexForward: false,
  };
  expect(await run('Query', query)).toMatchObject({ Count: 2, Items: [key('s3'), key('s2')] });
  const scan = { TableName, FilterExpression: '#c > :c', ExpressionAttributeNames: { '#c': 'count' } };
  expect(await run('Scan', { ...scan, ExpressionAttributeValues: { ':c': { N: '1' } } })).toMatchObject({
    Count: 1,
    Items: [key('s1')],
  });
  for (const id of ['s2', 's3']) await run('DeleteItem', { TableName, Key: key(id) });
});

describe('a condition that does not hold', () => {
  const condition = { ConditionExpression: 'attribute_not_exists(pipeline)' };
  const error = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed', statusCode: 400 };

  test.each([
    ['PutItem', { Item: { ...key('s1'), status: { S: 'SUBMITTED' } } }],
    ['DeleteItem', { Key: key('s1') }],
    ['UpdateItem', { Key: key('s1'), UpdateExpression: 'SET x = :x', ExpressionAttributeValues: { ':x': { N: '1' } } }],
  ])('fails %s, and shows the item to those who ask', async (operation, input) => {
    await expect(run(operation, { TableName, ...condition, ...input })).rejects.toMatchObject({
      ...error,
      details: {},
    });
    await expect(
      run(operation, { TableName, ...condition, ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    ).rejects.toMatchObject({ ...error, details: { Item: item } });
    expect(await run('GetItem', { TableName, Key: key('s1') })).toEqual({ Item: item });
  });

  test('fails without an item when there is none', async () => {
    const input = { TableName, Item: key('new'), ConditionExpression: 'attribute_exists(pipeline)' };
    await expect(run('PutItem', { ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).rejects.toMatchObject({
      ...error,
      details: {},
    });
  });
});

test.each([
  ['GetItem', { TableName: 'none', Key: key('s1') }, 'ResourceNotFoundException', 'Requested resource not found'],
  ['GetItem', { TableName, Key: { pipeline: { S: 'x' } } }, 'ValidationException', 'does not match the schema'],
  ['PutItem', { TableName, Item: { a: { S: 'x' } } }, 'ValidationException', 'Missing the key'],
  ['PutItem', { TableName, Item: item, ConditionExpression: 'a b' }, 'ValidationException', 'Syntax error'],
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
