import { expect, vi } from 'vitest';
import { createDynamoDb } from '../../../local/dynamodb/service';
import { createTestWorld, type TestWorld } from '../support';

export const TABLE = {
  TableName: 'results',
  AttributeDefinitions: [
    { AttributeName: 'pipeline', AttributeType: 'S' },
    { AttributeName: 'submissionId', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pipeline', KeyType: 'HASH' },
    { AttributeName: 'submissionId', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

/** Calls DynamoDB. */
export type Run = (
  operation: string,
  input?: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** A world with one table, and a shorthand to call DynamoDB. */
export const createTables = async (): Promise<{ world: TestWorld; run: Run }> => {
  const world = await createTestWorld([createDynamoDb]);
  const run: Run = (operation, input) => world.run('dynamodb', operation, input);
  await run('CreateTable', TABLE);
  await vi.waitFor(async () => {
    expect(await run('DescribeTable', { TableName: 'results' })).toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
  });
  return { world, run };
};

export const key = (submissionId: string) => ({ pipeline: { S: 'flights' }, submissionId: { S: submissionId } });
