import {
  DeleteTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  paginateListTables,
  UpdateTimeToLiveCommand,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { makeTable } from '../kit/dynamo-tables';
import { table } from '../kit/table';

const TYPES = 'amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html';
const LIMITS = 'amazondynamodb/latest/developerguide/Constraints.html';
const TABLES = 'amazondynamodb/latest/APIReference/API_ListTables.html';
const id = { S: 'a' };

export const items = table('DynamoDB', 'Tables and items', [
  {
    behaviour: 'values of every type come back as they were put',
    source: TYPES,
    test: async (target) => {
      const { put, get } = await makeTable(target);
      const item = {
        ...{ id, text: { S: 'ünï©ode 🚀' }, empty: { S: '' }, number: { N: '-1.5' }, flag: { BOOL: false } },
        ...{ nothing: { NULL: true as const }, bytes: { B: new Uint8Array([0, 255]) } },
        list: { L: [{ S: 'Cookies' }, { N: '3.14159' }, { M: { deep: { L: [] } } }] },
        ...{ numbers: { NS: ['7.5', '42.2'] }, texts: { SS: ['Black', 'Green'] } },
      };
      await put(item);
      const read = await get({ id });
      expect({ ...read, numbers: { NS: [...(read?.numbers.NS ?? [])].sort().reverse() } }).toEqual(item);
    },
  },
  {
    behaviour: 'numbers have up to 38 digits, and lose zeros in front and at the end',
    source: TYPES,
    test: async (target) => {
      const { put, get } = await makeTable(target);
      const cases = [
        ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
        ['0.0000000000000000000000000000000000000012345', '0.0000000000000000000000000000000000000012345'],
        ['007.500', '7.5'],
        ['-0', '0'],
        ['1E3', '1000'],
      ] as const;
      for (const [given, kept] of cases) {
        await put({ id, n: { N: given } });
        expect(Number((await get({ id }))?.n.N), given).toBe(Number(kept));
        if (!kept.startsWith('0.0')) expect((await get({ id }))?.n.N).toBe(kept);
      }
      for (const wrong of ['123456789012345678901234567890123456789', '1E126', '1E-131', 'NaN', 'x', '']) {
        await expect(put({ id, n: { N: wrong } }), wrong).rejects.toMatchObject({ name: 'ValidationException' });
      }
    },
  },
  {
    behaviour: 'arithmetic on numbers is exact to 38 digits',
    source: TYPES,
    test: async (target) => {
      const { put, update } = await makeTable(target);
      await put({ id, n: { N: '10000000000000000000000000000000000.01' } });
      const { Attributes } = await update(
        { id },
        {
          ...{ UpdateExpression: 'ADD n :n', ReturnValues: 'ALL_NEW' },
          ExpressionAttributeValues: { ':n': { N: '0.02' } },
        },
      );
      expect(Attributes?.n.N).toBe('10000000000000000000000000000000000.03');
    },
  },
  {
    behaviour: 'an item has up to 400 KB, names of attributes included',
    source: LIMITS,
    test: async (target) => {
      const { put } = await makeTable(target);
      // Two bytes of the name of the key and one of its value, one of the name of the attribute.
      const most = 400 * 1024 - 4;
      await put({ id, x: { S: 'x'.repeat(most) } });
      await expect(put({ id, x: { S: 'x'.repeat(most + 1) } })).rejects.toMatchObject({
        ...{ name: 'ValidationException', message: 'Item size has exceeded the maximum allowed size' },
      });
    },
  },
  {
    behaviour: 'keys are up to 2,048 and 1,024 bytes, not empty, and of the type of the schema',
    source: LIMITS,
    test: async (target) => {
      const { put } = await makeTable(target);
      await put({ id: { S: 'x'.repeat(2048) } });
      const refused = { name: 'ValidationException' };
      await expect(put({ id: { S: 'x'.repeat(2049) } })).rejects.toMatchObject(refused);
      await expect(put({ id: { S: '' } })).rejects.toMatchObject(refused);
      await expect(put({ id: { N: '1' } })).rejects.toMatchObject(refused);
      await expect(put({ other: { S: 'x' } })).rejects.toMatchObject(refused);
    },
  },
  {
    behaviour: 'empty sets, and sets with a member twice, are refused',
    source: TYPES,
    test: async (target) => {
      const { put } = await makeTable(target);
      for (const set of [{ SS: [] }, { SS: ['a', 'a'] }, { NS: ['1', '1.0'] }]) {
        await expect(put({ id, set })).rejects.toMatchObject({ name: 'ValidationException' });
      }
    },
  },
  {
    behaviour: 'a table may be named by its ARN',
    source: 'amazondynamodb/latest/APIReference/API_GetItem.html',
    test: async (target) => {
      const { put, dynamodb, TableName } = await makeTable(target);
      await put({ id });
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      const arn = `arn:aws:dynamodb:${target.region}:${target.account}:table/${TableName}`;
      expect(Table).toMatchObject({ TableArn: arn, TableStatus: 'ACTIVE' });
      const named = await dynamodb.send(new DescribeTableCommand({ TableName: arn }));
      expect(named.Table?.TableName).toBe(TableName);
    },
  },
  {
    behaviour: 'what is no table is ResourceNotFoundException, a table that is there ResourceInUseException',
    source: 'amazondynamodb/latest/developerguide/Programming.Errors.html',
    test: async (target) => {
      const { dynamodb, TableName } = await makeTable(target);
      const describe = new DescribeTableCommand({ TableName: target.name('none') });
      await expect(dynamodb.send(describe)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      const again = makeTable({ ...target, name: () => TableName, cleanup: () => undefined });
      await expect(again).rejects.toMatchObject({ name: 'ResourceInUseException' });
    },
  },
  {
    behaviour: 'tables are listed by name, in pages',
    source: TABLES,
    test: async (target) => {
      const made = [await makeTable(target), await makeTable(target), await makeTable(target)];
      const { dynamodb } = target.clients;
      const seen: string[] = [];
      for await (const page of paginateListTables({ client: dynamodb, pageSize: 2 }, {})) {
        expect(page.TableNames?.length).toBeLessThanOrEqual(2);
        seen.push(...(page.TableNames ?? []));
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(seen).toEqual(expect.arrayContaining(made.map(({ TableName }) => TableName)));
      await expect(dynamodb.send(new ListTablesCommand({ Limit: 101 }))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
  },
  {
    behaviour: 'the waiter of the SDK sees a table go',
    source: 'amazondynamodb/latest/APIReference/API_DeleteTable.html',
    test: async (target) => {
      const { dynamodb, TableName } = await makeTable({ ...target, cleanup: () => undefined });
      await dynamodb.send(new DeleteTableCommand({ TableName }));
      const patience = { client: dynamodb, maxWaitTime: 60, minDelay: 0.01, maxDelay: 1 };
      expect(await waitUntilTableNotExists(patience, { TableName })).toMatchObject({ state: 'SUCCESS' });
    },
  },
  {
    behaviour: 'an item is deleted within days of its time to live, which is a number of seconds and not years ago',
    source: 'amazondynamodb/latest/developerguide/howitworks-ttl.html',
    local: async (target) => {
      const { put, scan, dynamodb, TableName } = await makeTable(target);
      const TimeToLiveSpecification = { Enabled: true, AttributeName: 'ttl' };
      await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
      const { clock } = target.endpoint.world;
      const now = Math.floor(clock.now() / 1000);
      const year = 365 * 86_400;
      const times = { past: now - 10, soon: now + 3600, later: now + year, ages: now - 6 * year };
      for (const [name, time] of Object.entries(times)) await put({ id: { S: name }, ttl: { N: `${time}` } });
      await put({ id: { S: 'text' }, ttl: { S: `${now - 10}` } });
      await put({ id: { S: 'none' } });
      await clock.advance(2 * 86_400_000);
      await target.eventually(async () => {
        const left = (await scan()).Items?.map((item) => item.id.S ?? '') ?? [];
        expect(left.sort()).toEqual(['ages', 'later', 'none', 'text']);
      });
    },
  },
]);
