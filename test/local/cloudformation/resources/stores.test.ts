import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

test('a table with expiry, recovery and protection', async () => {
  const table = (more: Input) => ({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        ...more,
      },
    },
  });
  const rich = table({
    TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: 'key' },
    DeletionProtectionEnabled: true,
    Tags: [{ Key: 'a', Value: '1' }],
  });
  const { Table: TableName } = outputsOf(await shop.deployed(rich, { Table: ref('Table') }));
  expect(await shop.run('dynamodb', 'DescribeTable', { TableName })).toMatchObject({
    Table: { DeletionProtectionEnabled: true, SSEDescription: { Status: 'ENABLED' } },
  });
  expect(await shop.run('dynamodb', 'DescribeTimeToLive', { TableName })).toMatchObject({
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'until' },
  });
  expect((await shop.destroy()).text('StackStatus')).toBe('DELETE_FAILED');
  await shop.call('DescribeStacks', {});
  await shop.run('dynamodb', 'UpdateTable', { TableName, DeletionProtectionEnabled: false });
  await shop.destroyed();

  const { Table: second } = outputsOf(await shop.deployed(rich, { Table: ref('Table') }));
  await shop.deployed(table({ TimeToLiveSpecification: { AttributeName: 'later', Enabled: true } }));
  expect(await shop.run('dynamodb', 'DescribeTimeToLive', { TableName: second })).toMatchObject({
    TimeToLiveDescription: { AttributeName: 'later' },
  });
  expect(await shop.run('dynamodb', 'DescribeContinuousBackups', { TableName: second })).toMatchObject({
    ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } },
  });
  await shop.destroyed();
  expect(await shop.run('dynamodb', 'ListTables', {})).toMatchObject({ TableNames: [] });
});

test('a parameter', async () => {
  const parameter = (Value: string) => ({
    P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } },
  });
  const { P: Name } = outputsOf(await shop.deployed(parameter('a'), { P: ref('P') }));
  expect(Name).toMatch(/^CFN-P-[A-Z0-9]{12}$/);
  await shop.deployed(parameter('b'));
  expect(await shop.run('ssm', 'GetParameter', { Name })).toMatchObject({ Parameter: { Value: 'b' } });
  await shop.destroyed();
  await expect(shop.run('ssm', 'GetParameter', { Name })).rejects.toMatchObject({ code: 'ParameterNotFound' });
});
