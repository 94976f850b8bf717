import { camelCase } from '../../core/letter-case';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { shortGeneratedName } from '../types/names';
import type { PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { sameValue } from '../template/json';
import { disableAndDelete, untilValid } from './batch-status';
import { orElse } from './patience';
import { omit } from './shapes';

/** Properties that CreateComputeEnvironment does not know. */
const notCreated = ['ComputeEnvironmentName', 'ReplaceComputeEnvironment', 'UpdatePolicy'];
const capacity = ['DesiredvCpus', 'MaxvCpus', 'MinvCpus'];
const smallChanges = [
  'ComputeResources',
  'Context',
  'EcsSettings',
  'ReplaceComputeEnvironment',
  'ServiceRole',
  'State',
  'UnmanagedvCpus',
  'UpdatePolicy',
];

/** CDK writes some enumerations in lower case, and CloudFormation takes both. */
const upperCase = (values: Input, names: readonly string[]): Input =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? value.toUpperCase() : value,
    ]),
  );

const inputOf = ({ values }: Reader): Input => camelCase(upperCase(omit(values, notCreated), ['State', 'Type']));

/** The API takes the update policy only when it updates. */
const setUpdatePolicy = async (id: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const policy = properties.optionalRecord('UpdatePolicy')?.values ?? {};
  if (Object.keys(policy).length === 0) return;
  await context.call('batch', 'UpdateComputeEnvironment', { computeEnvironment: id, updatePolicy: camelCase(policy) });
};

const create = async (properties: Reader, context: ResourceContext): Promise<PhysicalResource> => {
  const output = await context.call('batch', 'CreateComputeEnvironment', {
    ...inputOf(properties),
    computeEnvironmentName: properties.optionalText('ComputeEnvironmentName') ?? shortGeneratedName(context, 128),
  });
  const id = new Reader(output).text('computeEnvironmentArn');
  await untilValid('ComputeEnvironment', id, context);
  await orElse(
    () => setUpdatePolicy(id, properties, context),
    () => disableAndDelete('ComputeEnvironment', id, context),
  );
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
  create,
  update: async (existing, properties, context) => {
    if (!staysInPlace(existing.properties, properties)) return create(properties, context);
    await context.call('batch', 'UpdateComputeEnvironment', {
      ...omit(inputOf(properties), ['eksConfiguration', 'tags', 'type']),
      computeEnvironment: existing.id,
    });
    await setUpdatePolicy(existing.id, properties, context);
    await untilValid('ComputeEnvironment', existing.id, context);
    return existing;
  },
  delete: ({ id }, context) => disableAndDelete('ComputeEnvironment', id, context),
};
