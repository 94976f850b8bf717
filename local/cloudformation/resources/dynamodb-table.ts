import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { orElse, until } from './patience';
import { documentText, omit, pick, updateTags } from './shapes';

const keys = ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'KeySchema', 'LocalSecondaryIndexes'];
const changeable = ['BillingMode', 'DeletionProtectionEnabled', 'ProvisionedThroughput', 'TableClass'];

/** The template says `SSEEnabled` where the API says `Enabled`. */
const encryption = (properties: Reader): Input => {
  const specification = properties.optionalRecord('SSESpecification');
  if (specification === undefined) return {};
  const others = omit(specification.values, ['SSEEnabled']);
  return { SSESpecification: { ...others, Enabled: specification.flag('SSEEnabled') } };
};

/** The attribute that holds the expiry time, when items expire. */
const expiry = (properties: Reader): string | undefined => {
  const specification = properties.optionalRecord('TimeToLiveSpecification');
  return specification?.flag('Enabled') === true ? specification.text('AttributeName') : undefined;
};

const setExpiry = async (table: string, attribute: string, on: boolean, context: ResourceContext): Promise<void> => {
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: on };
  await context.call('dynamodb', 'UpdateTimeToLive', { TableName: table, TimeToLiveSpecification });
};

const setRecovery = async (table: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const PointInTimeRecoverySpecification = properties.optionalRecord('PointInTimeRecoverySpecification')?.values ?? {
    PointInTimeRecoveryEnabled: false,
  };
  await context.call('dynamodb', 'UpdateContinuousBackups', { TableName: table, PointInTimeRecoverySpecification });
};

const setPolicy = async (table: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const policy = properties.optionalRecord('ResourcePolicy');
  const ResourceArn = context.arn('dynamodb', `table/${table}`);
  if (policy === undefined) await context.call('dynamodb', 'DeleteResourcePolicy', { ResourceArn });
  else {
    const Policy = documentText(policy, 'PolicyDocument');
    await context.call('dynamodb', 'PutResourcePolicy', { ResourceArn, Policy });
  }
};

const statusOf = async (table: string, context: ResourceContext): Promise<string> => {
  try {
    const output = await context.call('dynamodb', 'DescribeTable', { TableName: table });
    return new Reader(output).record('Table').text('TableStatus');
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return 'DELETED';
    throw error;
  }
};

const active = (table: string, context: ResourceContext): Promise<void> =>
  until(`table ${table} to be ACTIVE`, async () => (await statusOf(table, context)) === 'ACTIVE');

const remove = async (table: string, context: ResourceContext): Promise<void> => {
  await context.call('dynamodb', 'DeleteTable', { TableName: table });
  await until(`table ${table} to be gone`, async () => (await statusOf(table, context)) === 'DELETED');
};

export const dynamodbTable: ResourceType = {
  type: 'AWS::DynamoDB::Table',
  properties: [
    ...keys,
    ...changeable,
    'PointInTimeRecoverySpecification',
    'ResourcePolicy',
    'SSESpecification',
    'TableName',
    'Tags',
    'TimeToLiveSpecification',
  ],
  fixed: ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'],
  create: async (properties, context) => {
    const name = properties.optionalText('TableName') ?? generatedName(context, 255);
    const given = { ...pick(properties, [...keys, ...changeable, 'Tags']), ...encryption(properties) };
    await context.call('dynamodb', 'CreateTable', { ...given, TableName: name });
    const configure = async (): Promise<void> => {
      await active(name, context);
      const attribute = expiry(properties);
      if (attribute !== undefined) await setExpiry(name, attribute, true, context);
      if (properties.has('PointInTimeRecoverySpecification')) await setRecovery(name, properties, context);
      if (properties.has('ResourcePolicy')) await setPolicy(name, properties, context);
    };
    await orElse(configure, () => remove(name, context));
    return { id: name, attributes: { Arn: context.arn('dynamodb', `table/${name}`) } };
  },
  update: async (existing, properties, context) => {
    const { id: table, properties: former } = existing;
    const before = { ...pick(former, changeable), ...encryption(former) };
    const after = { ...pick(properties, changeable), ...encryption(properties) };
    if (!sameValue(before, after)) {
      const plain = { SSESpecification: { Enabled: false }, DeletionProtectionEnabled: false };
      await context.call('dynamodb', 'UpdateTable', { ...plain, ...after, TableName: table });
      await active(table, context);
    }
    const [formerly, now] = [expiry(former), expiry(properties)];
    if (formerly !== undefined && formerly !== now) await setExpiry(table, formerly, false, context);
    if (now !== undefined && formerly !== now) await setExpiry(table, now, true, context);
    const recovery = 'PointInTimeRecoverySpecification';
    if (!sameValue(former.values[recovery], properties.values[recovery])) await setRecovery(table, properties, context);
    const isPolicyKept = sameValue(former.values.ResourcePolicy, properties.values.ResourcePolicy);
    if (!isPolicyKept) await setPolicy(table, properties, context);
    const ResourceArn = existing.attributes.Arn;
    await updateTags(context, 'dynamodb', { ResourceArn }, former, properties);
    return existing;
  },
  delete: ({ id }, context) => remove(id, context),
};
