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

test('a table with a policy, which is changed and taken away', async () => {
  const table = (Action?: string) => ({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        ...(Action !== undefined && { ResourcePolicy: { PolicyDocument: policyOf(Action) } }),
      },
    },
  });
  const policyOf = (Action: string) => ({ Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }] });
  const { Arn: ResourceArn } = outputsOf(
    await shop.deployed(table('dynamodb:GetItem'), { Arn: { 'Fn::GetAtt': ['Table', 'Arn'] } }),
  );
  const policy = () => shop.run('dynamodb', 'GetResourcePolicy', { ResourceArn });
  expect(await policy()).toMatchObject({ Policy: JSON.stringify(policyOf('dynamodb:GetItem')) });
  await shop.deployed(table('dynamodb:Query'));
  expect(await policy()).toMatchObject({ Policy: JSON.stringify(policyOf('dynamodb:Query')) });
  await shop.deployed(table());
  await expect(policy()).rejects.toMatchObject({ code: 'PolicyNotFoundException' });
  await shop.destroyed();
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

test('a secret with a generated member, whose value changes with its rules only', async () => {
  const secret = (more: Input) => ({
    S: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          PasswordLength: 12,
          ExcludePunctuation: true,
          SecretStringTemplate: '{"user":"a"}',
          GenerateStringKey: 'password',
          ...more,
        },
      },
    },
  });
  const { S: SecretId } = outputsOf(await shop.deployed(secret({}), { S: ref('S') }));
  const current = async () => String((await shop.run('secretsmanager', 'GetSecretValue', { SecretId })).SecretString);
  const first = await current();
  expect(first).toMatch(/^\{"user":"a","password":"[A-Za-z0-9]{12}"\}$/);
  await shop.deployed(secret({ ExcludeCharacters: 'abc' }));
  expect(await current()).not.toBe(first);
  await shop.destroyed();
  await expect(current()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test.each([
  [{ Nope: 1 }, '#/GenerateSecretString: extraneous key [Nope] is not permitted'],
  [{ PasswordLength: 3 }, 'allows no password of 3 characters'],
])('a secret refuses the rules %j', async (GenerateSecretString, message) => {
  await shop.deploy({
    Resources: { S: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString } } },
  });
  expect((await shop.reasons()).join()).toContain(message);
  await shop.destroyed();
});

test('a log group keeps its events for as long as the template says', async () => {
  const group = (Properties: Input) => ({ G: { Type: 'AWS::Logs::LogGroup', Properties } });
  const rich = group({ RetentionInDays: 7, KmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k' });
  const outputs = { G: ref('G'), Arn: { 'Fn::GetAtt': ['G', 'Arn'] } };
  const { G: logGroupNamePrefix, Arn } = outputsOf(await shop.deployed(rich, outputs));
  expect(Arn).toBe(`arn:aws:logs:us-east-1:000000000000:log-group:${logGroupNamePrefix}:*`);
  const groups = async () => (await shop.run('logs', 'DescribeLogGroups', { logGroupNamePrefix })).logGroups;
  expect(await groups()).toMatchObject([{ retentionInDays: 7, kmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k' }]);
  await shop.deployed(group({ Tags: [{ Key: 'a', Value: '1' }] }));
  expect(await groups()).not.toMatchObject([{ retentionInDays: 7 }]);
  await shop.destroyed();
  expect(await groups()).toEqual([]);
});
