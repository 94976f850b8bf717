import { AwsError } from '../core/errors';
import type { Input, Operation, Output } from '../core/service';
import { isRecord } from '../core/json';
import type { Engine } from './engine';
import { checkKnown, withTableNames } from './parameters';
import type { Turns } from './turns';

const forward =
  (engine: Engine, operation: string): Operation =>
  (input) => {
    checkKnown(operation, input);
    return engine.send(operation, withTableNames(input));
  };

const keyAttributes = (description: Output): readonly string[] => {
  const table = description.Table;
  const schema: readonly unknown[] = isRecord(table) && Array.isArray(table.KeySchema) ? table.KeySchema : [];
  return schema.map((key) => (isRecord(key) ? String(key.AttributeName) : ''));
};

/** The key of the item that a write was about. */
export const keyOf = async (engine: Engine, { TableName, Key, Item }: Input): Promise<unknown> => {
  if (Key !== undefined || !isRecord(Item)) return Key;
  const names = keyAttributes(await engine.send('DescribeTable', { TableName }));
  return Object.fromEntries(names.map((name) => [name, Item[name]]));
};

/** A write that may be conditional; a failed condition shows the item to those who ask for it. */
const write =
  (engine: Engine, operation: string): Operation =>
  async ({ ReturnValuesOnConditionCheckFailure: wanted, ...given }) => {
    if (wanted !== undefined && wanted !== 'NONE' && wanted !== 'ALL_OLD') {
      throw new AwsError(
        'ValidationException',
        `'ReturnValuesOnConditionCheckFailure' must be ALL_OLD or NONE, got ${JSON.stringify(wanted)}`,
      );
    }
    checkKnown(operation, given);
    const input = withTableNames(given);
    try {
      return await engine.send(operation, input);
    } catch (error) {
      if (wanted !== 'ALL_OLD' || !(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') {
        throw error;
      }
      const { TableName } = input;
      const { Item } = await engine.send('GetItem', {
        TableName,
        Key: await keyOf(engine, input),
        ConsistentRead: true,
      });
      throw new AwsError(error.code, error.message, error.statusCode, Item === undefined ? {} : { Item });
    }
  };

const READS = ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** Operations on items, side by side but never within a transaction. */
export const itemOperations = (engine: Engine, turns: Turns): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    [
      ...READS.map((operation) => [operation, forward(engine, operation)] as const),
      ...WRITES.map((operation) => [operation, write(engine, operation)] as const),
    ].map(([operation, run]) => [operation, (input, call) => turns.shared(async () => run(input, call))] as const),
  );
