import type { Collection } from '../core/collection';
import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { World } from '../core/world';
import type { Engine } from './engine';
import { checkKnown, withTableNames } from './parameters';
import { describeTable } from './table-description';
import {
  DEFAULT_SETTINGS,
  SETTING_PARAMETERS,
  settingsOf,
  withoutSettings,
  type TableSettings,
} from './table-settings';

const CREATE = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'ProvisionedThroughput',
  'TableName',
];
const CHANGES = ['BillingMode', 'GlobalSecondaryIndexUpdates', 'ProvisionedThroughput'];
const INDEX = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput'];

const checkIndexes = (input: Input): void => {
  const reader = new Reader(input);
  for (const index of [...reader.records('GlobalSecondaryIndexes'), ...reader.records('LocalSecondaryIndexes')]) {
    checkKnown('CreateTable', index.values, INDEX);
  }
};

const checkIndexUpdates = (input: Input): void => {
  for (const update of new Reader(input).records('GlobalSecondaryIndexUpdates')) {
    if (update.has('Create') || update.has('Delete')) {
      throw notSupported(
        'adding or removing a global secondary index (GlobalSecondaryIndexUpdates)',
        'create the table with its indexes',
      );
    }
  }
};

/** What a request changes: the engine refuses to be told what is so already, where CloudFormation repeats it. */
const billingChanges = (input: Input, table: unknown): Input => {
  const present = new Reader({ table }).record('table');
  const mode = present.optionalRecord('BillingModeSummary')?.text('BillingMode') ?? 'PROVISIONED';
  const units = present.record('ProvisionedThroughput');
  const wanted = new Reader(input).optionalRecord('ProvisionedThroughput');
  const sameMode = (input.BillingMode ?? mode) === mode;
  const sameUnits =
    wanted === undefined ||
    ['ReadCapacityUnits', 'WriteCapacityUnits'].every((name) => wanted.number(name) === units.number(name));
  const same = sameMode && sameUnits ? ['BillingMode', 'ProvisionedThroughput'] : [];
  return Object.fromEntries(
    CHANGES.filter((name) => input[name] !== undefined && !same.includes(name)).map((name) => [name, input[name]]),
  );
};

/** The settings of tables, by name. */
export type SettingsStore = Collection<TableSettings>;

/** Operations on tables. */
export const tableOperations = (
  world: World,
  engine: Engine,
  store: SettingsStore,
): Readonly<Record<string, Operation>> => {
  const settings = (name: string): TableSettings => store.get(name) ?? DEFAULT_SETTINGS;
  const nameOf = (input: Input): string => new Reader(input).text('TableName');
  const described = (answer: Output, name: string): Output =>
    describeTable(world, answer.TableDescription ?? answer.Table, settings(name));

  return {
    CreateTable: async (given) => {
      checkKnown('CreateTable', given, [...CREATE, ...SETTING_PARAMETERS]);
      checkIndexes(given);
      const input = withTableNames(given);
      const kept = settingsOf(input, DEFAULT_SETTINGS);
      const answer = await engine.send('CreateTable', withoutSettings(input));
      store.set(nameOf(input), kept);
      return { TableDescription: described(answer, nameOf(input)) };
    },
    UpdateTable: async (given) => {
      checkKnown('UpdateTable', given, [...CHANGES, 'AttributeDefinitions', 'TableName', ...SETTING_PARAMETERS]);
      checkIndexUpdates(given);
      const input = withTableNames(given);
      const name = nameOf(input);
      const kept = settingsOf(input, settings(name));
      const present = await engine.send('DescribeTable', { TableName: name });
      const changes = billingChanges(withoutSettings(input), present.Table);
      const answer =
        Object.keys(changes).length > 0 ? await engine.send('UpdateTable', { TableName: name, ...changes }) : present;
      store.set(name, kept);
      return { TableDescription: described(answer, name) };
    },
    DeleteTable: async (given) => {
      const input = withTableNames(given);
      const name = nameOf(input);
      if (settings(name).deletionProtection) {
        throw new AwsError(
          'ValidationException',
          `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. (table '${name}')`,
        );
      }
      const answer = await engine.send('DeleteTable', input);
      const description = described(answer, name);
      store.delete(name);
      return { TableDescription: description };
    },
    DescribeTable: async (given) => {
      const input = withTableNames(given);
      return { Table: described(await engine.send('DescribeTable', input), nameOf(input)) };
    },
    ListTables: (input) => engine.send('ListTables', input),
  };
};
