import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { orElse, until } from './patience';
import { pick } from './shapes';

const setTimeToLive = async (table: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const specification = properties.optionalRecord('TimeToLiveSpecification');
  if (specification === undefined) return;
  const TimeToLiveSpecification = {
    AttributeName: specification.text('AttributeName'),
    Enabled: specification.flag('Enabled'),
  };
  await context.call('dynamodb', 'UpdateTimeToLive', { TableName: table, TimeToLiveSpecification });
};

const describe = async (table: string, context: ResourceContext): Promise<Reader> =>
  new Reader(await context.call('dynamodb', 'DescribeTable', { TableName: table })).record('Table');

const exists = (table: string, context: ResourceContext): Promise<boolean> =>
  describe(table, context).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return false;
      throw error;
    },
  );

const remove = async (table: string, context: ResourceContext): Promise<void> => {
  await context.call('dynamodb', 'DeleteTable', { TableName: table });
  await until(`table ${table} to be gone`, async () => !(await exists(table, context)));
};

/** Encryption and point-in-time recovery are accepted: neither changes what a client of the table sees. */
export const dynamodbTable: ResourceType = {
  type: 'AWS::DynamoDB::Table',
  properties: [
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'SSESpecification',
    'TableName',
    'Tags',
    'TimeToLiveSpecification',
  ],
  replacing: [
    'AttributeDefinitions',
    'BillingMode',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
    'TableName',
  ],
  create: async (properties, context) => {
    const name = properties.optionalText('TableName') ?? generatedName(context, 255);
    await context.call('dynamodb', 'CreateTable', {
      ...pick(properties, [
        'AttributeDefinitions',
        'BillingMode',
        'GlobalSecondaryIndexes',
        'KeySchema',
        'LocalSecondaryIndexes',
        'ProvisionedThroughput',
      ]),
      TableName: name,
    });
    await until(
      `table ${name} to be ACTIVE`,
      async () => (await describe(name, context)).text('TableStatus') === 'ACTIVE',
    );
    await orElse(
      () => setTimeToLive(name, properties, context),
      () => remove(name, context),
    );
    return { id: name, attributes: { Arn: context.arn('dynamodb', `table/${name}`) } };
  },
  update: async (existing, properties, context) => {
    await setTimeToLive(existing.id, properties, context);
    return existing;
  },
  delete: async ({ id, properties }, context) => {
    if (properties.flag('DeletionProtectionEnabled')) {
      throw new AwsError(
        'ValidationException',
        `table ${id} is protected: set DeletionProtectionEnabled to false first`,
      );
    }
    await remove(id, context);
  },
};
