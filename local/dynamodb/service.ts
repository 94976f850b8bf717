import type { Service } from '../core/service';
import type { World } from '../core/world';
import { createEngine } from './engine';
import { sweepExpired } from './expiry';
import { itemOperations } from './item-operations';
import { policyOperations } from './policy-operations';
import { settingOperations } from './setting-operations';
import { transactionOperations } from './transactions';
import { Turns } from './turns';
import { tableOperations, type SettingsStore } from './table-operations';

/** Amazon DynamoDB on dynalite. PartiQL, streams and global tables are refused by name. */
export const createDynamoDb = (world: World): Service => {
  const engine = createEngine(world);
  const turns = new Turns();
  const store: SettingsStore = world.collection('dynamodb/settings');
  return {
    name: 'dynamodb',
    operations: {
      ...tableOperations(world, engine, store),
      ...settingOperations(engine, store, sweepExpired(world, engine, store, turns)),
      ...policyOperations(engine, store),
      ...itemOperations(engine, turns),
      ...transactionOperations(world, engine, turns),
    },
  };
};
