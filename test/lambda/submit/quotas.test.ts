import { randomUUID } from 'node:crypto';
import { CreateTableCommand, GetItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { QuotaTarget } from '../../../lib/contracts/submission';
import { type Quotas, quotasIn } from '../../../lambda/submit/quotas';
import { useAws } from '../aws';
import { refusalOf } from '../support';

const aws = useAws();

const HALF_PAST_NINE = Date.parse('2026-11-21T09:30:00Z');

let now: number;
let table: string;
let quotas: Quotas;

beforeEach(async () => {
  const { dynamodb } = aws();
  now = HALF_PAST_NINE;
  table = `quotas-${randomUUID()}`;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['team', 'window'].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'team', KeyType: 'HASH' },
        { AttributeName: 'window', KeyType: 'RANGE' },
      ],
    }),
  );
  const times = { maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 };
  await waitUntilTableExists({ client: dynamodb, ...times }, { TableName: table });
  quotas = quotasIn(dynamodb, table, () => now);
});

const team = (quota: QuotaTarget | undefined, name = 'research') => ({ name, shareIdentifier: 'r', tags: {}, quota });
const ofTen = team({ jobs: 10, per: 'day' });

describe('a quota', () => {
  test('is used up by as many jobs as it has, whoever comes first', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => quotas.reserve(ofTen, 1)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  test('refuses what is more than its rest, and says when it counts anew', async () => {
    await quotas.reserve(ofTen, 8);
    expect(await refusalOf(() => quotas.reserve(ofTen, 3))).toBe(
      "QuotaExceeded: the team 'research' may submit 10 jobs each day, 8 are submitted and this request has 3: " +
        'it counts anew at 2026-11-22T00:00:00.000Z',
    );
    await quotas.reserve(ofTen, 2);
  });

  test('refuses what it never allows, and says so', async () => {
    expect(await refusalOf(() => quotas.reserve(ofTen, 11))).toBe(
      "QuotaExceeded: the team 'research' may submit 10 jobs each day, this request has 11: " +
        'split it, or raise the quota of the team',
    );
  });

  test('counts anew at midnight', async () => {
    await quotas.reserve(ofTen, 10);
    now = Date.parse('2026-11-21T23:59:59.999Z');
    expect(await refusalOf(() => quotas.reserve(ofTen, 1))).toMatch(/^QuotaExceeded/);
    now += 1;
    await quotas.reserve(ofTen, 10);
  });

  test('may count anew each hour', async () => {
    const hourly = team({ jobs: 2, per: 'hour' });
    await quotas.reserve(hourly, 2);
    expect(await refusalOf(() => quotas.reserve(hourly, 1))).toContain('each hour, 2 are submitted');
    now = Date.parse('2026-11-21T10:00:00Z');
    await quotas.reserve(hourly, 2);
  });

  test('gets back what was not submitted, in the window it was taken from', async () => {
    const reservation = await quotas.reserve(ofTen, 10);
    now = Date.parse('2026-11-22T00:00:01Z');
    await quotas.reserve(ofTen, 10);
    await reservation.giveBack();
    expect(await refusalOf(() => quotas.reserve(ofTen, 1))).toMatch(/^QuotaExceeded/);
    now = HALF_PAST_NINE;
    await quotas.reserve(ofTen, 10);
  });

  test('is that of one team', async () => {
    await quotas.reserve(ofTen, 10);
    await quotas.reserve(team({ jobs: 10, per: 'day' }, 'film'), 10);
  });

  test('leaves a record that goes a week after its window', async () => {
    await quotas.reserve(ofTen, 4);
    const Key = { team: { S: 'research' }, window: { S: '2026-11-21T00:00:00.000Z' } };
    const { Item } = await aws().dynamodb.send(new GetItemCommand({ TableName: table, Key }));
    expect(Item).toEqual({
      ...Key,
      used: { N: '4' },
      expiresAt: { N: `${Date.parse('2026-11-29T00:00:00Z') / 1_000}` },
    });
  });

  test('of no team needs no table', async () => {
    await (await quotasIn(aws().dynamodb, undefined, () => now).reserve(team(undefined), 100)).giveBack();
  });

  test('that cannot be counted lets nothing through', async () => {
    const lost = quotasIn(aws().dynamodb, 'no-such-table', () => now);
    expect(await refusalOf(() => lost.reserve(ofTen, 1))).toMatch(/^ResourceNotFoundException/);
  });
});
