import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  DeleteTableCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Target } from './target';

export type Item = Record<string, AttributeValue>;

type Rest<Input> = Partial<Omit<Input, 'TableName' | 'Key' | 'Item'>>;

const HASH_ONLY = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
} as const;

/** Keys `id` and `sort`. */
export const WITH_SORT_KEY = {
  KeySchema: [...HASH_ONLY.KeySchema, { AttributeName: 'sort', KeyType: 'RANGE' }],
  AttributeDefinitions: [...HASH_ONLY.AttributeDefinitions, { AttributeName: 'sort', AttributeType: 'N' }],
} satisfies Partial<CreateTableCommandInput>;

/** A table of a row's own, with the key `id` unless told otherwise, and its usual calls. */
export const makeTable = async (target: Target, more: Partial<CreateTableCommandInput> = {}) => {
  const { dynamodb } = target.clients;
  const TableName = target.name('table');
  const keys = { KeySchema: [...HASH_ONLY.KeySchema], AttributeDefinitions: [...HASH_ONLY.AttributeDefinitions] };
  await dynamodb.send(new CreateTableCommand({ ...keys, BillingMode: 'PAY_PER_REQUEST', ...more, TableName }));
  target.cleanup(() => dynamodb.send(new DeleteTableCommand({ TableName })));
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 60, minDelay: 0.01, maxDelay: 1 }, { TableName });
  return {
    TableName,
    dynamodb,
    put: (item: Item, rest: Rest<PutItemCommandInput> = {}) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: item, ...rest })),
    update: (Key: Item, rest: Rest<UpdateItemCommandInput>) =>
      dynamodb.send(new UpdateItemCommand({ TableName, Key, ...rest })),
    remove: (Key: Item, rest: Rest<DeleteItemCommandInput> = {}) =>
      dynamodb.send(new DeleteItemCommand({ TableName, Key, ...rest })),
    get: async (Key: Item, ProjectionExpression?: string) =>
      (await dynamodb.send(new GetItemCommand({ TableName, Key, ProjectionExpression, ConsistentRead: true }))).Item,
    query: (rest: Rest<QueryCommandInput>) => dynamodb.send(new QueryCommand({ TableName, ...rest })),
    scan: (rest: Rest<ScanCommandInput> = {}) => dynamodb.send(new ScanCommand({ TableName, ...rest })),
  };
};
