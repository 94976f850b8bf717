import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { World } from '../core/world';
import { awsPolicyName } from './managed-policies';
import { readPolicy } from './policy';
import { exists, iamArn, type IamRecords, inUse, newId, noSuch, recordOf, type Role } from './records';

const HOUR_SECONDS = 3600;

/** Policies are in answers as they are in a URL. */
const encoded = (document: string): string => encodeURIComponent(document);

const describe = (role: Role): Output => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: new Date(role.created),
  AssumeRolePolicyDocument: encoded(role.trust),
  Description: role.description,
  MaxSessionDuration: role.maxSessionSeconds,
  PermissionsBoundary:
    role.boundary === undefined
      ? undefined
      : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.boundary },
  Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
});

const without = (
  values: Readonly<Record<string, string>>,
  names: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

const tagsIn = (input: Reader): Readonly<Record<string, string>> =>
  Object.fromEntries(input.records('Tags').map((tag) => [tag.text('Key'), tag.text('Value')]));

/** Operations on roles and their policies. */
export const roleOperations = (world: World, { roles, policies, profiles }: IamRecords): Record<string, Operation> => {
  const inputOf = (values: Input): Reader => new Reader(values, '', 'ValidationError');
  const find = (input: Reader): Role => recordOf(roles, 'role', input.text('RoleName'));
  const checkPolicy = (arn: string): string => {
    if (awsPolicyName(arn) === undefined && !policies.has(arn)) throw noSuch(`Policy ${arn}`);
    return arn;
  };
  /** An operation that changes one role and answers nothing. */
  const change =
    (changed: (role: Role, input: Reader) => Role): Operation =>
    (values) => {
      const input = inputOf(values);
      const role = changed(find(input), input);
      roles.set(role.name, role);
      return {};
    };

  return {
    CreateRole: (values) => {
      const input = inputOf(values);
      const name = input.text('RoleName');
      if (roles.has(name)) throw exists(`Role with name ${name}`);
      const trust = input.text('AssumeRolePolicyDocument');
      readPolicy('trust', trust);
      const path = input.optionalText('Path') ?? '/';
      const boundary = input.optionalText('PermissionsBoundary');
      const role: Role = {
        name,
        path,
        arn: iamArn(world, 'role', path, name),
        id: newId('AROA'),
        description: input.optionalText('Description'),
        maxSessionSeconds: input.optionalNumber('MaxSessionDuration') ?? HOUR_SECONDS,
        created: world.clock.now(),
        trust,
        inline: {},
        attached: [],
        ...(boundary === undefined ? {} : { boundary: checkPolicy(boundary) }),
        tags: tagsIn(input),
      };
      roles.set(name, role);
      return { Role: describe(role) };
    },
    GetRole: (values) => ({ Role: describe(find(inputOf(values))) }),
    ListRoles: () => ({ Roles: [...roles.values()].map(describe), IsTruncated: false }),
    DeleteRole: (values) => {
      const { name, attached, inline } = find(inputOf(values));
      if (attached.length > 0) throw inUse('Cannot delete entity, must detach all policies first.');
      if (Object.keys(inline).length > 0) throw inUse('Cannot delete entity, must delete policies first.');
      if ([...profiles.values()].some((profile) => profile.roles.includes(name))) {
        throw inUse('Cannot delete entity, must remove roles from instance profile first.');
      }
      roles.delete(name);
      return {};
    },
    UpdateRole: change((role, input) => ({
      ...role,
      description: input.optionalText('Description') ?? role.description,
      maxSessionSeconds: input.optionalNumber('MaxSessionDuration') ?? role.maxSessionSeconds,
    })),
    UpdateAssumeRolePolicy: change((role, input) => {
      readPolicy('trust', input.text('PolicyDocument'));
      return { ...role, trust: input.text('PolicyDocument') };
    }),
    PutRolePermissionsBoundary: change((role, input) => ({
      ...role,
      boundary: checkPolicy(input.text('PermissionsBoundary')),
    })),
    DeleteRolePermissionsBoundary: change((role) => ({ ...role, boundary: undefined })),
    TagRole: change((role, input) => ({ ...role, tags: { ...role.tags, ...tagsIn(input) } })),
    UntagRole: change((role, input) => ({ ...role, tags: without(role.tags, input.texts('TagKeys')) })),
    PutRolePolicy: change((role, input) => {
      const name = input.text('PolicyName');
      readPolicy(name, input.text('PolicyDocument'));
      return { ...role, inline: { ...role.inline, [name]: input.text('PolicyDocument') } };
    }),
    GetRolePolicy: (values) => {
      const input = inputOf(values);
      const name = input.text('PolicyName');
      const role = find(input);
      const document = Object.hasOwn(role.inline, name) ? role.inline[name] : undefined;
      if (document === undefined) throw noSuch(`The role policy with name ${name}`);
      return { RoleName: role.name, PolicyName: name, PolicyDocument: encoded(document) };
    },
    DeleteRolePolicy: change((role, input) => {
      const name = input.text('PolicyName');
      if (!Object.hasOwn(role.inline, name)) throw noSuch(`The role policy with name ${name}`);
      return { ...role, inline: without(role.inline, [name]) };
    }),
    ListRolePolicies: (values) => ({ PolicyNames: Object.keys(find(inputOf(values)).inline), IsTruncated: false }),
    AttachRolePolicy: change((role, input) => ({
      ...role,
      attached: [...new Set([...role.attached, checkPolicy(input.text('PolicyArn'))])],
    })),
    DetachRolePolicy: change((role, input) => {
      const arn = input.text('PolicyArn');
      if (!role.attached.includes(arn)) throw noSuch(`Policy ${arn}`);
      return { ...role, attached: role.attached.filter((each) => each !== arn) };
    }),
    ListAttachedRolePolicies: (values) => ({
      AttachedPolicies: find(inputOf(values)).attached.map((arn) => ({
        PolicyArn: arn,
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      })),
      IsTruncated: false,
    }),
  };
};
