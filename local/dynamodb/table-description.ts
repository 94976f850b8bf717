import type { Output } from '../core/service';
import type { World } from '../core/world';
import { isRecord } from '../core/json';
import type { TableSettings } from './table-settings';

const withIndexArns = (indexes: unknown, arn: string): unknown =>
  Array.isArray(indexes)
    ? indexes.map((index: unknown) =>
        isRecord(index) ? { ...index, IndexArn: `${arn}/index/${String(index.IndexName)}` } : index,
      )
    : undefined;

/** The engine's description of a table, with our ARNs and the settings that it does not know. */
export const describeTable = (world: World, table: unknown, settings: TableSettings): Output => {
  if (!isRecord(table)) return {};
  const arn = world.arn('dynamodb', `table/${String(table.TableName)}`);
  const { encryption, tableClass } = settings;
  return {
    ...table,
    TableArn: arn,
    LocalSecondaryIndexes: withIndexArns(table.LocalSecondaryIndexes, arn),
    GlobalSecondaryIndexes: withIndexArns(table.GlobalSecondaryIndexes, arn),
    DeletionProtectionEnabled: settings.deletionProtection,
    ...(tableClass !== undefined && { TableClassSummary: { TableClass: tableClass } }),
    ...(encryption !== undefined && {
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: encryption.key },
    }),
  };
};
