import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { shortGeneratedName } from '../types/names';
import type { PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { until } from './patience';
import { camelCase, omit } from './shapes';

/** Properties of the template that the API does not know: they tell CloudFormation how to update. */
const directives = ['ComputeEnvironmentName', 'ReplaceComputeEnvironment', 'UpdatePolicy', 'EcsSettings'];
const capacity = ['DesiredvCpus', 'MaxvCpus', 'MinvCpus'];
const smallChanges = ['ComputeResources', 'ReplaceComputeEnvironment', 'ServiceRole', 'State', 'UpdatePolicy'];

/** CDK writes some enumerations in lower case, and CloudFormation takes both. */
const upperCase = (values: Input, names: readonly string[]): Input =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? value.toUpperCase() : value,
    ]),
  );

const inputOf = ({ values }: Reader): Input => camelCase(upperCase(omit(values, directives), ['State', 'Type']));

const statusOf = async (arn: string, context: ResourceContext): Promise<string> => {
  const output = await context.call('batch', 'DescribeComputeEnvironments', { computeEnvironments: [arn] });
  const found = new Reader(output).records('computeEnvironments').at(0);
  if (found?.optionalText('status') === 'INVALID') {
    throw new AwsError('NotStabilized', found.optionalText('statusReason') ?? `${arn} is INVALID`);
  }
  return found?.text('status') ?? 'DELETED';
};

const create = async (properties: Reader, context: ResourceContext): Promise<PhysicalResource> => {
  const output = await context.call('batch', 'CreateComputeEnvironment', {
    ...inputOf(properties),
    computeEnvironmentName: properties.optionalText('ComputeEnvironmentName') ?? shortGeneratedName(context, 128),
  });
  const id = new Reader(output).text('computeEnvironmentArn');
  await until(`${id} to be VALID`, async () => (await statusOf(id, context)) === 'VALID');
  return { id, attributes: { ComputeEnvironmentArn: id } };
};

const withoutCapacity = (properties: Reader): Input =>
  properties.has('ComputeResources') ? omit(properties.record('ComputeResources').values, capacity) : {};

/** Whether AWS changes it in place: only the number of vCPUs differs, or the template forbids replacement. */
const staysInPlace = (former: Reader, properties: Reader): boolean => {
  if (!sameValue(omit(former.values, smallChanges), omit(properties.values, smallChanges))) return false;
  if (properties.has('ReplaceComputeEnvironment') && !properties.flag('ReplaceComputeEnvironment')) return true;
  return sameValue(withoutCapacity(former), withoutCapacity(properties));
};

export const batchComputeEnvironment: ResourceType = {
  type: 'AWS::Batch::ComputeEnvironment',
  properties: [
    'ComputeEnvironmentName',
    'ComputeResources',
    'EcsSettings',
    'ReplaceComputeEnvironment',
    'ServiceRole',
    'State',
    'Tags',
    'Type',
    'UnmanagedvCpus',
    'UpdatePolicy',
  ],
  replacing: ['ComputeEnvironmentName', 'Tags', 'Type'],
  create,
  update: async (existing, properties, context) => {
    if (!staysInPlace(existing.properties, properties)) return create(properties, context);
    await context.call('batch', 'UpdateComputeEnvironment', {
      ...omit(inputOf(properties), ['tags', 'type']),
      computeEnvironment: existing.id,
    });
    await until(`${existing.id} to be VALID`, async () => (await statusOf(existing.id, context)) === 'VALID');
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('batch', 'UpdateComputeEnvironment', { computeEnvironment: id, state: 'DISABLED' });
    await until(`${id} to be DISABLED`, async () => (await statusOf(id, context)) !== 'UPDATING');
    await context.call('batch', 'DeleteComputeEnvironment', { computeEnvironment: id });
    await until(`${id} to be gone`, async () => (await statusOf(id, context)) === 'DELETED');
  },
};
