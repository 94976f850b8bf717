import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ExistingResource, PhysicalResource, ResourceContext, ResourceType } from '../types/resource-type';
import { documentText, pick } from './shapes';

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const call = (context: ResourceContext, operation: string, input: Readonly<Record<string, unknown>>) =>
  context.call('iam', operation, input);

/** What is in one list and not in the other. */
const missingIn = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((each) => !other.includes(each));

const inlinePolicies = (properties: Reader): readonly Reader[] => properties.records('Policies');

const NO_PROPERTIES = new Reader({});

/** Brings policies, attachments and boundary of a role to what its properties say. */
const settle = async (RoleName: string, before: Reader, properties: Reader, context: ResourceContext) => {
  const policyNames = (from: Reader) => inlinePolicies(from).map((policy) => policy.text('PolicyName'));
  const attached = (from: Reader) => from.texts('ManagedPolicyArns');
  const boundary = properties.optionalText('PermissionsBoundary');
  for (const policy of inlinePolicies(properties)) {
    const PolicyDocument = documentText(policy, 'PolicyDocument');
    await call(context, 'PutRolePolicy', { RoleName, PolicyName: policy.text('PolicyName'), PolicyDocument });
  }
  for (const PolicyName of missingIn(policyNames(before), policyNames(properties))) {
    await call(context, 'DeleteRolePolicy', { RoleName, PolicyName });
  }
  for (const PolicyArn of missingIn(attached(properties), attached(before))) {
    await call(context, 'AttachRolePolicy', { RoleName, PolicyArn });
  }
  for (const PolicyArn of missingIn(attached(before), attached(properties))) {
    await call(context, 'DetachRolePolicy', { RoleName, PolicyArn });
  }
  if (boundary !== undefined) {
    await call(context, 'PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: boundary });
  } else if (before.has('PermissionsBoundary')) {
    await call(context, 'DeleteRolePermissionsBoundary', { RoleName });
  }
};

const role: ResourceType = {
  type: 'AWS::IAM::Role',
  create: async (properties, context) => {
    const RoleName = properties.optionalText('RoleName') ?? generatedName(context, 64);
    const created = await call(context, 'CreateRole', {
      ...pick(properties, ['Description', 'MaxSessionDuration', 'Path', 'Tags']),
      RoleName,
      AssumeRolePolicyDocument: documentText(properties, 'AssumeRolePolicyDocument'),
    });
    await settle(RoleName, NO_PROPERTIES, properties, context);
    const made = new Reader(created).record('Role');
    return { id: RoleName, attributes: { Arn: made.text('Arn'), RoleId: made.text('RoleId') } };
  },
  update: async (existing, properties, context) => {
    const RoleName = existing.id;
    const PolicyDocument = documentText(properties, 'AssumeRolePolicyDocument');
    await call(context, 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument });
    await call(context, 'UpdateRole', { RoleName, ...pick(properties, ['Description', 'MaxSessionDuration']) });
    await settle(RoleName, existing.properties, properties, context);
    return existing;
  },
  delete: async ({ id, properties }, context) => {
    await settle(id, properties, NO_PROPERTIES, context);
    await call(context, 'DeleteRole', { RoleName: id });
  },
};

const removePolicy = async (name: string, roles: readonly string[], context: ResourceContext) => {
  for (const RoleName of roles) await call(context, 'DeleteRolePolicy', { RoleName, PolicyName: name });
};

const putPolicy = async (properties: Reader, context: ResourceContext) => {
  const PolicyDocument = documentText(properties, 'PolicyDocument');
  for (const RoleName of properties.texts('Roles')) {
    await call(context, 'PutRolePolicy', { RoleName, PolicyName: properties.text('PolicyName'), PolicyDocument });
  }
};

const inlinePolicy: ResourceType = {
  type: 'AWS::IAM::Policy',
  properties: ['PolicyDocument', 'PolicyName', 'Roles'],
  create: async (properties, context) => {
    await putPolicy(properties, context);
    const id = generatedName(context, 128);
    return { id, attributes: { Id: id } };
  },
  update: async (existing, properties, context) => {
    const before = existing.properties;
    await putPolicy(properties, context);
    const isRenamed = before.text('PolicyName') !== properties.text('PolicyName');
    const left = isRenamed ? before.texts('Roles') : missingIn(before.texts('Roles'), properties.texts('Roles'));
    await removePolicy(before.text('PolicyName'), left, context);
    return existing;
  },
  delete: ({ properties }, context) => removePolicy(properties.text('PolicyName'), properties.texts('Roles'), context),
};

const attach = async (
  PolicyArn: string,
  before: readonly string[],
  after: readonly string[],
  context: ResourceContext,
) => {
  for (const RoleName of missingIn(after, before)) await call(context, 'AttachRolePolicy', { RoleName, PolicyArn });
  for (const RoleName of missingIn(before, after)) await call(context, 'DetachRolePolicy', { RoleName, PolicyArn });
};

const managedPolicy: ResourceType = {
  type: 'AWS::IAM::ManagedPolicy',
  properties: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles'],
  create: async (properties, context) => {
    const created = await call(context, 'CreatePolicy', {
      ...pick(properties, ['Description', 'Path']),
      PolicyName: properties.optionalText('ManagedPolicyName') ?? generatedName(context, 128),
      PolicyDocument: documentText(properties, 'PolicyDocument'),
    });
    const arn = new Reader(created).record('Policy').text('Arn');
    await attach(arn, [], properties.texts('Roles'), context);
    return { id: arn, attributes: { PolicyArn: arn } };
  },
  update: async (existing, properties, context) => {
    const PolicyDocument = documentText(properties, 'PolicyDocument');
    await call(context, 'CreatePolicyVersion', { PolicyArn: existing.id, PolicyDocument, SetAsDefault: true });
    await attach(existing.id, existing.properties.texts('Roles'), properties.texts('Roles'), context);
    return existing;
  },
  delete: async ({ id, properties }, context) => {
    await attach(id, properties.texts('Roles'), [], context);
    await call(context, 'DeletePolicy', { PolicyArn: id });
  },
};

const holdRole = async (
  profile: PhysicalResource,
  before: readonly string[],
  after: readonly string[],
  context: ResourceContext,
) => {
  const InstanceProfileName = profile.id;
  for (const RoleName of missingIn(before, after)) {
    await call(context, 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
  }
  for (const RoleName of missingIn(after, before)) {
    await call(context, 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName: nameOf(RoleName) });
  }
};

const instanceProfile: ResourceType = {
  type: 'AWS::IAM::InstanceProfile',
  create: async (properties, context) => {
    const created = await call(context, 'CreateInstanceProfile', {
      ...pick(properties, ['Path']),
      InstanceProfileName: properties.optionalText('InstanceProfileName') ?? generatedName(context, 128),
    });
    const made = new Reader(created).record('InstanceProfile');
    const profile = { id: made.text('InstanceProfileName'), attributes: { Arn: made.text('Arn') } };
    await holdRole(profile, [], properties.texts('Roles'), context);
    return profile;
  },
  update: async (existing: ExistingResource, properties, context) => {
    await holdRole(existing, existing.properties.texts('Roles'), properties.texts('Roles'), context);
    return existing;
  },
  delete: async (existing, context) => {
    await holdRole(existing, existing.properties.texts('Roles'), [], context);
    await call(context, 'DeleteInstanceProfile', { InstanceProfileName: existing.id });
  },
};

/** Roles, their policies and instance profiles. */
export const iamTypes: readonly ResourceType[] = [role, inlinePolicy, managedPolicy, instanceProfile];
