import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DelayByHour } from '../shared/delay-by-hour';

const isTotals = (value: unknown): value is DelayByHour => typeof value === 'object' && value !== null;

/** The result that the pipeline stored: the table holds one record, of the one submission there was. */
export async function storedResult(dynamodb: DynamoDBClient, tableName: string): Promise<DelayByHour> {
  const { Items } = await dynamodb.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
  const result = new Map(Object.entries(Items?.at(0) ?? {})).get('result')?.S;
  if (result === undefined)
    throw new Error(`the results table has no record with a result, got ${JSON.stringify(Items)}`);
  const totals: unknown = JSON.parse(result);
  if (!isTotals(totals)) throw new Error(`the stored result must be totals by hour, got ${result.slice(0, 100)}`);
  return totals;
}
