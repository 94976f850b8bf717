import type { Input } from '../../core/service';
import type { World } from '../../core/world';
import { arnIn, type Need, type NeedsOf, recordIn, recordsIn, textIn, textsIn } from './need';

const tableArn = (world: World, input: Input): string => {
  const table = textIn(input, 'TableName') || textIn(input, 'ResourceArn');
  const index = textIn(input, 'IndexName');
  return table === '' ? '*' : `${arnIn(world, 'dynamodb', 'table/', table)}${index === '' ? '' : `/index/${index}`}`;
};

/** A transaction takes the actions of its parts. */
const PARTS: readonly (readonly [member: string, action: string])[] = [
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
  ['Get', 'GetItem'],
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const dynamodbNeeds: NeedsOf = (operation, input, world) => {
  if (operation.startsWith('Transact')) {
    return recordsIn(input, 'TransactItems').flatMap((item) =>
      PARTS.flatMap(([member, action]): readonly Need[] =>
        item[member] === undefined
          ? []
          : [{ action: `dynamodb:${action}`, resources: [tableArn(world, recordIn(item, member))] }],
      ),
    );
  }
  if (operation.startsWith('Batch')) {
    const tables = Object.keys(recordIn(input, 'RequestItems'));
    return [{ action: `dynamodb:${operation}`, resources: tables.map((name) => tableArn(world, { TableName: name })) }];
  }
  return [{ action: `dynamodb:${operation}`, resources: [operation === 'ListTables' ? '*' : tableArn(world, input)] }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const logsNeeds: NeedsOf = (operation, input, world) => {
  const given = textIn(input, 'logGroupIdentifier') || textIn(input, 'logGroupName');
  const group = given.startsWith('arn:') ? given.replace(/:\*$/, '') : world.arn('logs', `log-group:${given}`);
  const isWide = given === '' || /^(DescribeLogGroups|.*ResourcePolic(y|ies))$/.test(operation);
  const resource = textIn(input, 'resourceArn') || `${group}:log-stream:${textIn(input, 'logStreamName')}`;
  return [{ action: `logs:${operation}`, resources: [isWide && textIn(input, 'resourceArn') === '' ? '*' : resource] }];
};

const parameterArn = (world: World, name: string): string =>
  name.startsWith('arn:') ? name : world.arn('ssm', `parameter/${name.replace(/^\//, '')}`);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const ssmNeeds: NeedsOf = (operation, input, world) => {
  const names = [textIn(input, 'Name') || textIn(input, 'Path'), ...textsIn(input, 'Names')].filter(
    (name) => name !== '',
  );
  return [{ action: `ssm:${operation}`, resources: names.map((name) => parameterArn(world, name)) }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
export const cloudwatchNeeds: NeedsOf = (operation, input) => [
  {
    ...{ action: `cloudwatch:${operation}`, resources: ['*'] },
    context: { 'cloudwatch:namespace': textIn(input, 'Namespace') },
  },
];
