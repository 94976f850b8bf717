import { AwsError, notSupported } from '../core/errors';
import type { Input } from '../core/service';
import { isRecord } from '../core/json';

const CONDITION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const LEGACY_CONDITION = ['Expected', 'ConditionalOperator'];
const WRITE = ['TableName', 'ReturnValues', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'];
const READ = ['TableName', 'ReturnConsumedCapacity', 'ConsistentRead', 'AttributesToGet', 'ProjectionExpression'];
const SEARCH = [
  ...READ,
  'IndexName',
  'Select',
  'Limit',
  'ExclusiveStartKey',
  'FilterExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ConditionalOperator',
];

/** What the engine knows of each operation on items. It drops the rest without a word, so we refuse it. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  PutItem: [...WRITE, ...CONDITION, ...LEGACY_CONDITION, 'Item'],
  UpdateItem: [...WRITE, ...CONDITION, ...LEGACY_CONDITION, 'Key', 'UpdateExpression', 'AttributeUpdates'],
  DeleteItem: [...WRITE, ...CONDITION, ...LEGACY_CONDITION, 'Key'],
  GetItem: [...READ, 'Key', 'ExpressionAttributeNames'],
  Query: [...SEARCH, 'KeyConditionExpression', 'KeyConditions', 'QueryFilter', 'ScanIndexForward'],
  Scan: [...SEARCH, 'ScanFilter', 'Segment', 'TotalSegments'],
  BatchGetItem: ['RequestItems', 'ReturnConsumedCapacity'],
  BatchWriteItem: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
};

/** Refuses the parameters of an operation that are not in a list. */
export const checkKnown = (operation: string, input: Input, known = KNOWN[operation] ?? []): void => {
  const unknown = Object.keys(input).find((name) => input[name] !== undefined && !known.includes(name));
  if (unknown !== undefined) throw notSupported(`the parameter ${unknown} of dynamodb:${operation}`);
};

/** A table may be named by its ARN. */
export const tableName = (name: unknown): string => {
  if (typeof name !== 'string') throw new AwsError('ValidationException', "'TableName' must be a string");
  return name.replace(/^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\//, '');
};

/** A request in JSON. Inside a value there is no null: the engine would not survive it, and DynamoDB has `{"NULL": true}`. */
export const bodyOf = (operation: string, input: Input): string => {
  const present = Object.entries(input).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(present), (name, value: unknown) => {
    if (value !== null) return value;
    throw new AwsError('ValidationException', `null is not a value in dynamodb:${operation}, at '${name}'`);
  });
};

/** Names tables as the engine wants it. */
export const withTableNames = (input: Input): Input => ({
  ...input,
  ...(input.TableName !== undefined && { TableName: tableName(input.TableName) }),
  ...(isRecord(input.RequestItems) && {
    RequestItems: Object.fromEntries(
      Object.entries(input.RequestItems).map(([name, value]) => [tableName(name), value]),
    ),
  }),
});
