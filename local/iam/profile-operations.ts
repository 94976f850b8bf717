import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { World } from '../core/world';
import { exists, iamArn, type IamRecords, type InstanceProfile, inUse, newId, recordOf } from './records';

const inputOf = (values: Input): Reader => new Reader(values, '', 'ValidationError');

/** Operations on instance profiles. */
export const profileOperations = (world: World, { profiles, roles }: IamRecords): Record<string, Operation> => {
  const find = (input: Reader): InstanceProfile =>
    recordOf(profiles, 'instance profile', input.text('InstanceProfileName'));
  const describe = (profile: InstanceProfile): Output => ({
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    Path: profile.path,
    CreateDate: new Date(profile.created),
    Roles: profile.roles.flatMap((name) => {
      const role = roles.get(name);
      return role === undefined ? [] : [{ RoleName: name, Arn: role.arn, RoleId: role.id, Path: role.path }];
    }),
  });
  return {
    CreateInstanceProfile: (values) => {
      const input = inputOf(values);
      const name = input.text('InstanceProfileName');
      if (profiles.has(name)) throw exists(`Instance Profile ${name}`);
      const path = input.optionalText('Path') ?? '/';
      const arn = iamArn(world, 'instance-profile', path, name);
      const profile = { name, path, arn, id: newId('AIPA'), roles: [], created: world.clock.now() };
      profiles.set(name, profile);
      return { InstanceProfile: describe(profile) };
    },
    GetInstanceProfile: (values) => ({ InstanceProfile: describe(find(inputOf(values))) }),
    AddRoleToInstanceProfile: (values) => {
      const input = inputOf(values);
      const profile = find(input);
      const role = recordOf(roles, 'role', input.text('RoleName')).name;
      if (profile.roles.length > 0) throw inUse('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
      profiles.set(profile.name, { ...profile, roles: [role] });
      return {};
    },
    RemoveRoleFromInstanceProfile: (values) => {
      const input = inputOf(values);
      const profile = find(input);
      profiles.set(profile.name, {
        ...profile,
        roles: profile.roles.filter((name) => name !== input.text('RoleName')),
      });
      return {};
    },
    DeleteInstanceProfile: (values) => {
      const { name, roles: held } = find(inputOf(values));
      if (held.length > 0) throw inUse('Cannot delete entity, must remove roles from instance profile first.');
      profiles.delete(name);
      return {};
    },
  };
};
