import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  paginateQuery,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type Item, makeTable, WITH_SORT_KEY } from '../kit/dynamo-tables';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const QUERY = 'amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html';
const PAGES = 'amazondynamodb/latest/developerguide/Query.Pagination.html';
const SCAN = 'amazondynamodb/latest/developerguide/Scan.html';
const BATCH_WRITE = 'amazondynamodb/latest/APIReference/API_BatchWriteItem.html';
const BATCH_GET = 'amazondynamodb/latest/APIReference/API_BatchGetItem.html';
const INDEX = 'amazondynamodb/latest/developerguide/GSI.html';

const chunks = <Entry>(entries: readonly Entry[], size: number): readonly Entry[][] =>
  Array.from({ length: Math.ceil(entries.length / size) }, (_, index) =>
    entries.slice(index * size, (index + 1) * size),
  );

const entry = (id: string, sort: number, rest: Item = {}): Item => ({ id: { S: id }, sort: { N: `${sort}` }, ...rest });

/** A table with items, written in batches. */
const filled = async (target: Target, items: readonly Item[], more = {}) => {
  const made = await makeTable(target, { ...WITH_SORT_KEY, ...more });
  for (const batch of chunks(items, 25)) {
    const requests = batch.map((Item): WriteRequest => ({ PutRequest: { Item } }));
    await made.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [made.TableName]: requests } }));
  }
  return made;
};

const sorts = (items: readonly Item[] = []): readonly number[] => items.map(({ sort }) => Number(sort.N));

const OF_A = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } } };

export const reading = table('DynamoDB', 'Reading', [
  {
    behaviour: 'a query reads the items of a partition key by conditions on the sort key, in its order or against it',
    source: QUERY,
    test: async (target) => {
      const { query } = await filled(target, [...[2, 10, 1, -3].map((n) => entry('a', n)), entry('b', 5)]);
      const find = async (condition: string, values: Item = {}, forward?: boolean) => {
        const { Items } = await query({
          ...{ KeyConditionExpression: `id = :id${condition}`, ScanIndexForward: forward },
          ExpressionAttributeValues: { ':id': { S: 'a' }, ...values },
        });
        return sorts(Items);
      };
      expect(await find('')).toEqual([-3, 1, 2, 10]);
      expect(await find('', {}, false)).toEqual([10, 2, 1, -3]);
      expect(await find(' AND sort = :n', { ':n': { N: '2.0' } })).toEqual([2]);
      expect(await find(' AND sort < :n', { ':n': { N: '2' } })).toEqual([-3, 1]);
      expect(await find(' AND sort >= :n', { ':n': { N: '2' } })).toEqual([2, 10]);
      expect(await find(' AND sort BETWEEN :n AND :m', { ':n': { N: '1' }, ':m': { N: '2' } })).toEqual([1, 2]);
    },
  },
  {
    behaviour: 'a query without the partition key, or with another comparison of it, is refused',
    source: QUERY,
    test: async (target) => {
      const { query } = await filled(target, []);
      const values = { ExpressionAttributeValues: { ':n': { N: '1' }, ':s': { S: 'a' } } };
      for (const KeyConditionExpression of ['sort = :n AND sort <> :n', 'id > :s AND sort = :n']) {
        await expect(query({ KeyConditionExpression, ...values })).rejects.toMatchObject({
          name: 'ValidationException',
        });
      }
    },
  },
  {
    behaviour: 'a limit counts items before the filter, and the last evaluated key goes on after them',
    source: PAGES,
    test: async (target) => {
      const { query } = await filled(
        target,
        [1, 2, 3, 4, 5].map((n) => entry('a', n)),
      );
      const odd = { ...OF_A, FilterExpression: 'x = :id', Limit: 2 };
      const first = await query(odd);
      expect(first).toMatchObject({ Count: 0, ScannedCount: 2, LastEvaluatedKey: entry('a', 2) });
      const second = await query({ ...OF_A, Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
      expect(sorts(second.Items)).toEqual([3, 4]);
      const last = await query({ ...OF_A, ExclusiveStartKey: second.LastEvaluatedKey });
      expect(sorts(last.Items)).toEqual([5]);
      expect(last.LastEvaluatedKey).toBeUndefined();
    },
  },
  {
    behaviour: 'a page of a query or a scan has at most 1 MB',
    source: PAGES,
    test: async (target) => {
      const text = { text: { S: 'x'.repeat(300_000) } };
      const { query, scan } = await filled(
        target,
        [1, 2, 3, 4, 5].map((n) => entry('a', n, text)),
      );
      for (const read of [() => query(OF_A), () => scan()]) {
        const { Items, LastEvaluatedKey } = await read();
        expect(sorts(Items)).toEqual([1, 2, 3, 4]);
        expect(LastEvaluatedKey).toEqual(entry('a', 4));
      }
    },
  },
  {
    behaviour: 'the paginators of the SDK read all items of a query and of a scan once',
    source: 'amazondynamodb/latest/developerguide/Programming.Errors.html',
    test: async (target) => {
      const keys = Array.from({ length: 7 }, (_, index) => index);
      const { dynamodb, TableName } = await filled(
        target,
        keys.flatMap((n) => [entry('a', n), entry('b', n)]),
      );
      const found: number[] = [];
      for await (const page of paginateQuery({ client: dynamodb, pageSize: 3 }, { TableName, ...OF_A })) {
        found.push(...sorts(page.Items));
      }
      expect(found).toEqual(keys);
      let count = 0;
      for await (const page of paginateScan({ client: dynamodb, pageSize: 4 }, { TableName })) count += page.Count ?? 0;
      expect(count).toBe(14);
    },
  },
  {
    behaviour: 'a filter, a projection and a count choose what a scan shows',
    source: SCAN,
    test: async (target) => {
      const { scan } = await filled(
        target,
        [1, 2, 3].map((n) => entry(`p${n}`, n, { size: { N: `${n * 10}` } })),
      );
      const filter = {
        ...{ FilterExpression: '#s > :s', ExpressionAttributeNames: { '#s': 'size' } },
        ExpressionAttributeValues: { ':s': { N: '15' } },
      };
      expect(await scan(filter)).toMatchObject({ Count: 2, ScannedCount: 3 });
      const { Items = [] } = await scan({ ...filter, ProjectionExpression: 'sort' });
      expect(Items.map((item) => Object.keys(item))).toEqual([['sort'], ['sort']]);
      const counted = await scan({ ...filter, Select: 'COUNT' });
      expect(counted.Count).toBe(2);
      expect(counted.Items).toBeUndefined();
    },
  },
  {
    behaviour: 'the segments of a parallel scan are all items, each once',
    source: SCAN,
    test: async (target) => {
      const keys = Array.from({ length: 20 }, (_, index) => index);
      const { scan } = await filled(
        target,
        keys.map((n) => entry(`p${n}`, n)),
      );
      const segments = await Promise.all([0, 1, 2].map((Segment) => scan({ Segment, TotalSegments: 3 })));
      const found = segments.flatMap(({ Items }) => sorts(Items));
      expect([...found].sort((a, b) => a - b)).toEqual(keys);
    },
  },
  {
    behaviour: 'BatchWriteItem puts and deletes up to 25 items, none of them twice',
    source: BATCH_WRITE,
    test: async (target) => {
      const { dynamodb, TableName, scan } = await filled(target, [entry('a', 0)]);
      const write = (requests: WriteRequest[]) =>
        dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
      const puts = (count: number) =>
        Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: entry('b', index) } }));
      await write([...puts(24), { DeleteRequest: { Key: entry('a', 0) } }]);
      expect((await scan()).Count).toBe(24);
      const refused = { name: 'ValidationException' };
      await expect(write(puts(26))).rejects.toMatchObject(refused);
      await expect(write([...puts(1), ...puts(1)])).rejects.toMatchObject(refused);
      await expect(write([])).rejects.toMatchObject(refused);
    },
  },
  {
    behaviour: 'BatchGetItem reads up to 100 items that are there, none of them twice',
    source: BATCH_GET,
    test: async (target) => {
      const { dynamodb, TableName } = await filled(
        target,
        [1, 2, 3].map((n) => entry('a', n)),
      );
      const get = (Keys: Item[]) =>
        dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }));
      const { Responses, UnprocessedKeys } = await get([entry('a', 1), entry('a', 3), entry('a', 9)]);
      expect([...sorts(Responses?.[TableName])].sort()).toEqual([1, 3]);
      expect(UnprocessedKeys).toEqual({});
      const many = Array.from({ length: 101 }, (_, index) => entry('a', index));
      await expect(get(many)).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(get([entry('a', 1), entry('a', 1)])).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
  {
    behaviour: 'a global secondary index holds the items that have its keys, with the attributes it projects',
    source: INDEX,
    test: async (target) => {
      const scores = [
        { id: 'Galaxy Invaders', sort: 101, TopScore: 5842 },
        { id: 'Galaxy Invaders', sort: 102, TopScore: 1000 },
        { id: 'Meteor Blasters', sort: 101, TopScore: 1000 },
        { id: 'Attack Ships', sort: 103 },
      ];
      const items = scores.map(({ id, sort, TopScore }) =>
        entry(id, sort, { Wins: { N: '21' }, ...(TopScore === undefined ? {} : { TopScore: { N: `${TopScore}` } }) }),
      );
      const { query, update } = await filled(target, items, {
        AttributeDefinitions: [
          ...WITH_SORT_KEY.AttributeDefinitions,
          { AttributeName: 'TopScore', AttributeType: 'N' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'GameTitleIndex',
            KeySchema: [
              { AttributeName: 'id', KeyType: 'HASH' },
              { AttributeName: 'TopScore', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      });
      const best = (id: string) =>
        query({
          ...{ IndexName: 'GameTitleIndex', ScanIndexForward: false, KeyConditionExpression: 'id = :id' },
          ExpressionAttributeValues: { ':id': { S: id } },
        });
      expect((await target.eventually(() => best('Galaxy Invaders'))).Items).toEqual([
        entry('Galaxy Invaders', 101, { TopScore: { N: '5842' } }),
        entry('Galaxy Invaders', 102, { TopScore: { N: '1000' } }),
      ]);
      expect((await best('Attack Ships')).Count).toBe(0);
      const UpdateExpression = 'SET TopScore = :n';
      await update(entry('Attack Ships', 103), { UpdateExpression, ExpressionAttributeValues: { ':n': { N: '7' } } });
      await target.eventually(async () => {
        expect((await best('Attack Ships')).Count).toBe(1);
      });
    },
  },
  {
    behaviour: 'a consistent read of a global secondary index is refused',
    source: INDEX,
    test: async (target) => {
      const { query } = await filled(target, [], {
        GlobalSecondaryIndexes: [
          {
            ...{ IndexName: 'by-sort', Projection: { ProjectionType: 'ALL' } },
            KeySchema: [{ AttributeName: 'sort', KeyType: 'HASH' }],
          },
        ],
      });
      const find = { KeyConditionExpression: 'sort = :n', ExpressionAttributeValues: { ':n': { N: '1' } } };
      await expect(query({ ...find, IndexName: 'by-sort', ConsistentRead: true })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      await expect(query({ ...find, IndexName: 'none' })).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
]);
