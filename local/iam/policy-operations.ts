import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { World } from '../core/world';
import { readPolicy } from './policy';
import { exists, iamArn, type IamRecords, inUse, type ManagedPolicy, newId, noSuch } from './records';

const inputOf = (values: Input): Reader => new Reader(values, '', 'ValidationError');

const describePolicy = ({ name, path, arn, id, version, created }: ManagedPolicy): Output => ({
  PolicyName: name,
  PolicyId: id,
  Arn: arn,
  Path: path,
  DefaultVersionId: `v${version}`,
  CreateDate: new Date(created),
  IsAttachable: true,
});

/** Operations on managed policies of the account; only the newest version is kept. */
export const policyOperations = (world: World, { policies, roles }: IamRecords): Record<string, Operation> => {
  const find = (values: Input): ManagedPolicy => {
    const arn = inputOf(values).text('PolicyArn');
    const policy = policies.get(arn);
    if (policy === undefined) throw noSuch(`Policy ${arn}`);
    return policy;
  };
  return {
    CreatePolicy: (values) => {
      const input = inputOf(values);
      const name = input.text('PolicyName');
      const path = input.optionalText('Path') ?? '/';
      const arn = iamArn(world, 'policy', path, name);
      if (policies.has(arn)) throw exists(`A policy called ${name}`);
      const document = input.text('PolicyDocument');
      readPolicy(name, document);
      const policy = { name, path, arn, id: newId('ANPA'), document, version: 1, created: world.clock.now() };
      policies.set(arn, policy);
      return { Policy: describePolicy(policy) };
    },
    GetPolicy: (values) => ({ Policy: describePolicy(find(values)) }),
    GetPolicyVersion: (values) => {
      const { document, version, created } = find(values);
      return {
        PolicyVersion: {
          Document: encodeURIComponent(document),
          VersionId: `v${version}`,
          IsDefaultVersion: true,
          CreateDate: new Date(created),
        },
      };
    },
    CreatePolicyVersion: (values) => {
      const policy = find(values);
      const document = inputOf(values).text('PolicyDocument');
      readPolicy(policy.name, document);
      policies.set(policy.arn, { ...policy, document, version: policy.version + 1 });
      return { PolicyVersion: { VersionId: `v${policy.version + 1}`, IsDefaultVersion: true } };
    },
    DeletePolicy: (values) => {
      const { arn } = find(values);
      if ([...roles.values()].some(({ attached, boundary }) => attached.includes(arn) || boundary === arn)) {
        throw inUse('Cannot delete a policy attached to entities.');
      }
      policies.delete(arn);
      return {};
    },
  };
};
