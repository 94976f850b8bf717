import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEndpoint, type Endpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let client: DynamoDBClient;

beforeAll(async () => {
  endpoint = await startEndpoint();
  client = new DynamoDBClient({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });
});
afterAll(() => endpoint.close());

test('the SDK makes a table, writes an item once and sees it in the error of a second write', async () => {
  const TableName = 'results';
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { TableName });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: endpoint.world.arn('dynamodb', 'table/results') });
  expect(Table?.CreationDateTime).toBeInstanceOf(Date);

  const Item = { id: { S: 'a' }, bytes: { B: Buffer.from([0, 255]) } };
  const ConditionExpression = 'attribute_not_exists(id)';
  await client.send(new PutItemCommand({ TableName, Item, ConditionExpression }));
  const read = await client.send(new GetItemCommand({ TableName, Key: { id: { S: 'a' } } }));
  expect(Buffer.from(read.Item?.bytes.B ?? [])).toEqual(Buffer.from([0, 255]));

  const again = new PutItemCommand({
    TableName,
    Item: { id: { S: 'a' } },
    ConditionExpression,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const error: unknown = await client.send(again).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConditionalCheckFailedException);
  expect(error).toMatchObject({ Item: { id: { S: 'a' } } });
});
