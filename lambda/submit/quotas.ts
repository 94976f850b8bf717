import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type CancellationReason,
  type DynamoDBClient,
  type Update,
} from '@aws-sdk/client-dynamodb';
import { QUOTA_KEYS, type QuotaTarget } from '../../lib/contracts/submission';
import { refusal } from '../shared/refusal';
import type { CallingTeam } from './team';

/** Jobs that a team may submit now. */
export interface Reservation {
  /** They were not submitted after all. */
  giveBack(): Promise<void>;
}

/** What teams have submitted. */
export interface Quotas {
  /** Counts jobs before they are submitted; refuses more than the team may submit. */
  reserve(team: CallingTeam, jobs: number): Promise<Reservation>;
}

const HOUR_MS = 3_600_000;
const PERIOD_MS = { day: 24 * HOUR_MS, hour: HOUR_MS } as const;

/** How long a count is kept for people to see, once it is no longer needed. */
const KEPT_MS = 7 * 24 * HOUR_MS;

const { team: TEAM, window: WINDOW, used: USED, expiry: EXPIRY } = QUOTA_KEYS;

/** A day and its first hour begin at once, and are counted apart: a quota may change from one to the other. */
const windowOf = ({ per }: QuotaTarget, now: number) => {
  const start = now - (now % PERIOD_MS[per]);
  return { name: `${per}/${new Date(start).toISOString()}`, end: start + PERIOD_MS[per] };
};

const exceeded = ({ name }: CallingTeam, quota: QuotaTarget, used: number, asked: number, end: number): Error => {
  const each = `the team '${name}' may submit ${quota.jobs} jobs each ${quota.per}`;
  if (asked > quota.jobs) {
    return refusal('QuotaExceeded', `${each}, this request has ${asked}: split it, or raise the quota of the team`);
  }
  const anew = new Date(end).toISOString();
  return refusal(
    'QuotaExceeded',
    `${each}, ${used} are submitted and this request has ${asked}: it counts anew at ${anew}`,
  );
};

const NOTHING: Reservation = { giveBack: () => Promise.resolve() };

const MAX_TRIES = 10;
const LONGEST_PAUSE_MS = 100;

/**
 * Counts once, however often the SDK repeats the call when an answer is lost: a mere update would count each time. A
 * transaction that meets another one is cancelled, and tried again. Returns why it could not be counted, if that is so.
 */
const countOnce = async (dynamodb: DynamoDBClient, update: Update): Promise<CancellationReason | undefined> => {
  const command = new TransactWriteItemsCommand({
    TransactItems: [{ Update: update }],
    ClientRequestToken: randomUUID(),
  });
  for (let tries = 1; ; tries += 1) {
    try {
      await dynamodb.send(command);
      return undefined;
    } catch (error) {
      const reason = error instanceof TransactionCanceledException ? error.CancellationReasons?.at(0) : undefined;
      if (reason?.Code === 'ConditionalCheckFailed') return reason;
      if (reason?.Code !== 'TransactionConflict' || tries === MAX_TRIES) throw error;
      await setTimeout(Math.random() * LONGEST_PAUSE_MS);
    }
  }
};

/** The counts in a table of DynamoDB. Nothing is submitted that could not be counted before. */
export const quotasIn = (dynamodb: DynamoDBClient, tableName: string | undefined, now: () => number): Quotas => ({
  async reserve(team, jobs) {
    const { quota } = team;
    if (quota === undefined) return NOTHING;
    const { name: window, end } = windowOf(quota, now());
    if (jobs > quota.jobs) throw exceeded(team, quota, 0, jobs, end);
    const record = { TableName: tableName, Key: { [TEAM]: { S: team.name }, [WINDOW]: { S: window } } };
    const obstacle = await countOnce(dynamodb, {
      ...record,
      UpdateExpression: 'ADD #used :jobs SET #expiry = :expiry',
      ConditionExpression: 'attribute_not_exists(#used) OR #used <= :room',
      ExpressionAttributeNames: { '#used': USED, '#expiry': EXPIRY },
      ExpressionAttributeValues: {
        ':jobs': { N: `${jobs}` },
        ':room': { N: `${quota.jobs - jobs}` },
        ':expiry': { N: `${(end + KEPT_MS) / 1_000}` },
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    if (obstacle !== undefined) {
      throw exceeded(team, quota, Number(obstacle.Item?.[USED]?.N ?? quota.jobs), jobs, end);
    }
    return {
      async giveBack() {
        await countOnce(dynamodb, {
          ...record,
          UpdateExpression: 'ADD #used :jobs',
          ExpressionAttributeNames: { '#used': USED },
          ExpressionAttributeValues: { ':jobs': { N: `${-jobs}` } },
        });
      },
    };
  },
});
