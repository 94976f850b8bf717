import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import { isRecord } from '../core/json';
import type { Engine } from './engine';
import { keyOf } from './item-operations';
import type { SettingsStore } from './table-operations';
import type { Turns } from './turns';

/** AWS deletes expired items within a few days, and none that expired long ago: that is taken for a mistake. */
const SWEEP_MS = 86_400_000;
const LONG_AGO_SECONDS = 5 * 365 * 86_400;

/** Deletes the items of all tables whose time to live has passed, once a day; returns what begins it. */
export const sweepExpired = (world: World, engine: Engine, store: SettingsStore, turns: Turns): (() => void) => {
  const { clock } = world;
  let isPlanned = false;

  const sweep = async (TableName: string, attribute: string): Promise<void> => {
    const now = Math.floor(clock.now() / 1000);
    const expired = '#ttl < :now AND #ttl > :past';
    const expression = {
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':now': { N: `${now}` }, ':past': { N: `${now - LONG_AGO_SECONDS}` } },
    };
    let ExclusiveStartKey: unknown;
    do {
      const page = await engine.send('Scan', {
        TableName,
        FilterExpression: expired,
        ...expression,
        ExclusiveStartKey,
      });
      for (const Item of Array.isArray(page.Items) ? page.Items.filter(isRecord) : []) {
        const Key = await keyOf(engine, { TableName, Item });
        const remove = { TableName, Key, ConditionExpression: expired, ...expression };
        await turns
          .shared(() => engine.send('DeleteItem', remove))
          .catch((error: unknown) => {
            // Somebody has given it more time since.
            if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
          });
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  };

  const sweepAll = async (): Promise<void> => {
    for (const [name, { timeToLive }] of store) if (timeToLive !== undefined) await sweep(name, timeToLive);
  };

  const plan = (): void => {
    if (isPlanned || ![...store.values()].some(({ timeToLive }) => timeToLive !== undefined)) return;
    isPlanned = true;
    clock.after(SWEEP_MS, () => {
      isPlanned = false;
      sweepAll().catch((error: unknown) => {
        world.note(`expired items of DynamoDB were not deleted: ${String(error)}`);
      });
      plan();
    });
  };
  world.onOpen(plan);
  return plan;
};
