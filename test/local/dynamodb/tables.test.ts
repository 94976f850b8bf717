import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { socketPath } from '../../../local/dynamodb/socket';
import type { TestWorld } from '../support';
import { createTables, TABLE, type Run } from './support';

let world: TestWorld;
let run: Run;
beforeEach(async () => {
  ({ world, run } = await createTables());
});
afterEach(() => world.close());

const TableName = 'results';
const TableArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/results';

test('a table is active right after it is created, under its own ARN', async () => {
  await vi.waitFor(async () => {
    expect(await run('DescribeTable', { TableName })).toMatchObject({
      Table: { TableName, TableArn, TableStatus: 'ACTIVE', BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' } },
    });
  });
  expect(await run('ListTables')).toEqual({ TableNames: ['results'] });
});

test('a table with settings and an index describes them', async () => {
  await run('CreateTable', {
    ...TABLE,
    TableName: 'indexed',
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-submission',
        KeySchema: [{ AttributeName: 'submissionId', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k' },
    TableClass: 'STANDARD',
    StreamSpecification: { StreamEnabled: false },
    Tags: [{ Key: 'team', Value: 'batch' }],
  });
  const arn = TableArn.replace('results', 'indexed');
  expect(await run('DescribeTable', { TableName: 'indexed' })).toMatchObject({
    Table: {
      GlobalSecondaryIndexes: [{ IndexName: 'by-submission', IndexArn: `${arn}/index/by-submission` }],
      SSEDescription: { Status: 'ENABLED', KMSMasterKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k' },
      TableClassSummary: { TableClass: 'STANDARD' },
      DeletionProtectionEnabled: false,
    },
  });
  expect(await run('ListTagsOfResource', { ResourceArn: arn })).toEqual({ Tags: [{ Key: 'team', Value: 'batch' }] });
});

test('a protected table stays until the protection is lifted', async () => {
  await run('UpdateTable', { TableName, DeletionProtectionEnabled: true });
  await expect(run('DeleteTable', { TableName })).rejects.toThrow('protected against deletion');
  await run('UpdateTable', { TableName, DeletionProtectionEnabled: false });
  await run('DeleteTable', { TableName });
  await vi.waitFor(async () => {
    await expect(run('DescribeTable', { TableName })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('a table may be created again after its deletion, without its former settings', async () => {
  await run('UpdateTable', { TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  await run('DeleteTable', { TableName });
  await vi.waitFor(() => run('CreateTable', TABLE));
  const { Table } = await run('DescribeTable', { TableName });
  expect(Table).not.toHaveProperty('TableClassSummary');
});

test('the billing mode can change', async () => {
  const throughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  await run('UpdateTable', { TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput });
  await vi.waitFor(async () => {
    expect(await run('DescribeTable', { TableName })).toMatchObject({ Table: { ProvisionedThroughput: throughput } });
  });
});

test('an update may repeat what is so already', async () => {
  await run('UpdateTable', { TableName, BillingMode: 'PAY_PER_REQUEST', TableClass: 'STANDARD' });
  const ProvisionedThroughput = { ReadCapacityUnits: 2, WriteCapacityUnits: 3 };
  const change = { TableName, BillingMode: 'PROVISIONED', ProvisionedThroughput };
  await run('UpdateTable', change);
  await vi.waitFor(async () => {
    expect(await run('DescribeTable', { TableName })).toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
  });
  expect(await run('UpdateTable', { ...change, DeletionProtectionEnabled: true })).toMatchObject({
    TableDescription: { ProvisionedThroughput, DeletionProtectionEnabled: true },
  });
});

test('expiry, backups and tags are kept', async () => {
  const specification = { Enabled: true, AttributeName: 'expiresAt' };
  expect(await run('DescribeTimeToLive', { TableName })).toEqual({
    TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
  });
  expect(await run('UpdateTimeToLive', { TableName, TimeToLiveSpecification: specification })).toEqual({
    TimeToLiveSpecification: specification,
  });
  expect(await run('DescribeTimeToLive', { TableName })).toEqual({
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
  });
  const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  await run('UpdateContinuousBackups', { TableName, ...recovery });
  expect(await run('DescribeContinuousBackups', { TableName })).toMatchObject({
    ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
  });
  await run('TagResource', {
    ResourceArn: TableArn,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await run('UntagResource', { ResourceArn: TableArn, TagKeys: ['a'] });
  expect(await run('ListTagsOfResource', { ResourceArn: TableArn })).toEqual({ Tags: [{ Key: 'b', Value: '2' }] });
});

describe('refuses', () => {
  test.each([
    ['CreateTable', { ...TABLE }, 'ResourceInUseException', 'exists already'],
    [
      'CreateTable',
      { ...TABLE, TableName: 'x', StreamSpecification: { StreamEnabled: true } },
      'NotImplemented',
      'streams',
    ],
    ['CreateTable', { ...TABLE, TableName: 'x', WarmThroughput: {} }, 'NotImplemented', 'WarmThroughput'],
    ['CreateTable', { ...TABLE, TableName: 'xyz', KeySchema: [] }, 'ValidationException', 'keySchema'],
    [
      'CreateTable',
      { ...TABLE, TableName: 'xyz', GlobalSecondaryIndexes: [{ IndexName: 'i', WarmThroughput: {} }] },
      'NotImplemented',
      'WarmThroughput',
    ],
    ['UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Create: {} }] }, 'NotImplemented', 'secondary index'],
    [
      'UpdateTable',
      { TableName: 'none', TableClass: 'STANDARD' },
      'ResourceNotFoundException',
      'Table: none not found',
    ],
    [
      'UpdateTimeToLive',
      { TableName, TimeToLiveSpecification: { Enabled: false } },
      'ValidationException',
      'already disabled',
    ],
    ['UpdateContinuousBackups', { TableName: 'none' }, 'ResourceNotFoundException', 'Table: none not found'],
    ['DeleteTable', { TableName: 'none' }, 'ResourceNotFoundException', 'Table: none not found'],
  ])('%s of %j', async (operation, input, name, message) => {
    const answer = run(operation, input);
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toMatchObject({ name });
  });

  test('a state folder whose path is too long for a socket', () => {
    expect(() => socketPath(`/${'a'.repeat(100)}`, 'linux')).toThrow('choose a shorter one');
  });
});

test('a named pipe stands in for the socket on Windows', () => {
  expect(socketPath('/var/state', 'win32')).toBe('\\\\.\\pipe\\state-dynamodb');
});
