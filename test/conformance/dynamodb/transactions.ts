import {
  CreateTableCommand,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SOURCE = 'amazondynamodb/latest/developerguide/transaction-apis.html';
const WRITE = 'amazondynamodb/latest/APIReference/API_TransactWriteItems.html';

/** A table with accounts `a` and `b` of 100 each. */
const accounts = async (target: Target) => {
  const { dynamodb } = target.clients;
  const TableName = target.name('accounts');
  await dynamodb.send(
    new CreateTableCommand({
      ...{ TableName, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  target.cleanup(() => dynamodb.send(new DeleteTableCommand({ TableName })));
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 0.01 }, { TableName });
  for (const id of ['a', 'b']) {
    await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, money: { N: '100' } } }));
  }
  const balance = async (id: string): Promise<number | undefined> => {
    const get = new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true });
    const money = (await dynamodb.send(get)).Item?.money.N;
    return money === undefined ? undefined : Number(money);
  };
  const add = (id: string, amount: number, least = -1_000_000): TransactWriteItem => ({
    Update: {
      ...{ TableName, Key: { id: { S: id } }, UpdateExpression: 'ADD money :amount' },
      ConditionExpression: 'money >= :least',
      ExpressionAttributeValues: { ':amount': { N: String(amount) }, ':least': { N: String(least) } },
    },
  });
  const check = (id: string, condition: string): TransactWriteItem => ({
    ConditionCheck: { TableName, Key: { id: { S: id } }, ConditionExpression: condition },
  });
  const write = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
    dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
  return { TableName, dynamodb, balance, add, check, write };
};

export const transactions = table('DynamoDB', 'Transactions', [
  {
    behaviour: 'a transaction does all of its writes',
    source: SOURCE,
    test: async (target) => {
      const { balance, add, write, check } = await accounts(target);
      await write([add('a', -30, 30), add('b', 30), check('c', 'attribute_not_exists(id)')]);
      expect([await balance('a'), await balance('b'), await balance('c')]).toEqual([70, 130, undefined]);
    },
  },
  {
    behaviour: 'a transaction does none of its writes when one condition fails, and tells which',
    source: WRITE,
    test: async (target) => {
      const { balance, add, write, TableName } = await accounts(target);
      const put = { Put: { TableName, Item: { id: { S: 'c' } } } };
      await expect(write([add('b', 500), put, add('a', -500, 500)])).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
      });
      expect([await balance('a'), await balance('b'), await balance('c')]).toEqual([100, 100, undefined]);
    },
  },
  {
    behaviour: 'a failed condition shows the item to those who ask for it',
    source: WRITE,
    test: async (target) => {
      const { add, write } = await accounts(target);
      const { Update } = add('a', -500, 500);
      if (Update === undefined) throw new Error('no update');
      await expect(
        write([{ Update: { ...Update, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } }]),
      ).rejects.toMatchObject({
        CancellationReasons: [{ Item: { id: { S: 'a' }, money: { N: '100' } } }],
      });
    },
  },
  {
    behaviour: 'the same client token does a transaction once, and refuses another one',
    source: SOURCE,
    test: async (target) => {
      const { balance, add, write } = await accounts(target);
      const token = target.name('token');
      await write([add('a', -1)], token);
      await write([add('a', -1)], token);
      expect(await balance('a')).toBe(99);
      await expect(write([add('a', -2)], token)).rejects.toMatchObject({
        name: 'IdempotentParameterMismatchException',
      });
    },
  },
  {
    behaviour: 'a client token is forgotten after 10 minutes',
    source: SOURCE,
    local: async (target) => {
      const { balance, add, write } = await accounts(target);
      await write([add('a', -1)], 'token');
      await target.endpoint.world.clock.advance(601_000);
      await write([add('a', -1)], 'token');
      expect(await balance('a')).toBe(98);
    },
  },
  {
    behaviour: 'a transaction has at most 100 actions, and one for each item',
    source: WRITE,
    test: async (target) => {
      const { add, check, write } = await accounts(target);
      await expect(write([add('a', 1), check('a', 'attribute_exists(id)')])).rejects.toMatchObject({
        name: 'ValidationException',
      });
      const many = Array.from({ length: 101 }, (_, index) => check(`x${index}`, 'attribute_not_exists(id)'));
      await expect(write(many)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
  {
    behaviour: 'transactions at the same time leave what some order of them leaves',
    source: 'amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation',
    differs: 'they wait for each other; AWS cancels some of them with TransactionConflict',
    test: async (target) => {
      const { balance, add, write, dynamodb, TableName } = await accounts(target);
      const moves = Array.from({ length: 20 }, () => write([add('a', -10, 10), add('b', 10)]).catch(() => undefined));
      const bump = new UpdateItemCommand({
        ...{ TableName, Key: { id: { S: 'n' } }, UpdateExpression: 'ADD n :one' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      });
      await Promise.all([...moves, ...Array.from({ length: 5 }, () => dynamodb.send(bump))]);
      const [a = 0, b = 0] = [await balance('a'), await balance('b')];
      expect(a + b).toBe(200);
      expect(a).toBeGreaterThanOrEqual(0);
    },
  },
  {
    behaviour: 'TransactGetItems reads items of one moment, and nothing where there is no item',
    source: SOURCE,
    test: async (target) => {
      const { dynamodb, TableName } = await accounts(target);
      const get = (id: string) => ({ Get: { TableName, Key: { id: { S: id } } } });
      const { Responses } = await dynamodb.send(
        new TransactGetItemsCommand({ TransactItems: [get('b'), get('x'), get('a')] }),
      );
      expect(Responses?.map(({ Item }) => Item?.id.S)).toEqual(['b', undefined, 'a']);
    },
  },
]);
