import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { QuotaTarget } from '../../../lib/contracts/submission';
import { type Quotas, quotasIn } from '../../../lambda/submit/quotas';
import { type Answer, withAnswers } from '../answers';
import { useAws } from '../aws';
import { refusalOf } from '../support';

const aws = useAws();

const COUNTED = { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } };
const cancelled = (Code: string): Answer => ({
  ...COUNTED,
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    CancellationReasons: [{ Code }],
  }),
});

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

  test('is counted by the day and by the hour apart, though both begin at midnight', async () => {
    now = Date.parse('2026-11-21T00:30:00Z');
    await quotas.reserve(team({ jobs: 10, per: 'hour' }), 10);
    await quotas.reserve(ofTen, 10);
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

  test('is counted once, and given back once, when the answer is lost', async () => {
    const { url: endpoint, dynamodb } = aws();
    const { credentials } = dynamodb.config;
    const forgetful = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
    const lost = new Set<unknown>();
    forgetful.middlewareStack.add(
      (next) => async (call) => {
        const answer = await next(call);
        if (lost.has(call.input)) return answer;
        lost.add(call.input);
        throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
      },
      { step: 'finalizeRequest', priority: 'low', name: 'loseFirstAnswers' },
    );
    const reservation = await quotasIn(forgetful, table, () => now).reserve(ofTen, 6);
    await quotas.reserve(ofTen, 4);
    await reservation.giveBack();
    expect(lost.size).toBe(2);
    expect(await refusalOf(() => quotas.reserve(ofTen, 7))).toContain('4 are submitted');
  });

  test('is counted once its record is free, however many count at the same time', async () => {
    const outcomes = [cancelled('TransactionConflict'), cancelled('TransactionConflict'), { ...COUNTED, body: '{}' }];
    const reservation = await withAnswers(outcomes, (options) =>
      quotasIn(new DynamoDBClient(options), table, () => now).reserve(ofTen, 1),
    );
    expect(reservation).toBeDefined();
    const busy = () =>
      withAnswers([cancelled('TransactionConflict')], (options) =>
        quotasIn(new DynamoDBClient(options), table, () => now).reserve(ofTen, 1),
      );
    expect(await refusalOf(busy)).toMatch(/^TransactionCanceledException/);
  });

  test('is that of one team', async () => {
    await quotas.reserve(ofTen, 10);
    await quotas.reserve(team({ jobs: 10, per: 'day' }, 'film'), 10);
  });

  test('leaves a record that goes a week after its window', async () => {
    await quotas.reserve(ofTen, 4);
    const Key = { team: { S: 'research' }, window: { S: 'day/2026-11-21T00:00:00.000Z' } };
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
