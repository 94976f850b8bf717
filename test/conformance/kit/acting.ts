import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type Clients, clientsFor } from './clients';
import type { Target } from './target';

export type Statements = readonly Readonly<Record<string, unknown>>[];

const documentOf = (statements: Statements): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** A role that a service, or whoever tries the rows, may take on. */
export const makeRole = async (
  { clients: { iam }, name, cleanup, account }: Target,
  statements: Statements,
  principal: Readonly<Record<string, unknown>> = { AWS: account },
  boundary?: Statements,
): Promise<string> => {
  const RoleName = name('role');
  let PermissionsBoundary: string | undefined;
  if (boundary !== undefined) {
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: name('boundary'), PolicyDocument: documentOf(boundary) }),
    );
    PermissionsBoundary = made.Policy?.Arn;
    cleanup(() => iam.send(new DeletePolicyCommand({ PolicyArn: PermissionsBoundary })));
  }
  const trust = documentOf([{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }]);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, PermissionsBoundary }),
  );
  cleanup(() => iam.send(new DeleteRoleCommand({ RoleName })));
  if (statements.length > 0) {
    const policy = { RoleName, PolicyName: 'own' };
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: documentOf(statements) }));
    cleanup(() => iam.send(new DeleteRolePolicyCommand(policy)));
  }
  return Role?.Arn ?? '';
};

/** Clients that call as a role. */
export const clientsOf = async (
  { clients: { sts }, clientOptions, eventually }: Target,
  RoleArn: string,
): Promise<Clients> => {
  // A new role is not known everywhere at once.
  const { Credentials } = await eventually(() =>
    sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'conformance' })),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return clientsFor({ ...clientOptions, credentials });
};

/** Clients that may do what statements say. */
export const actAs = async (target: Target, statements: Statements, boundary?: Statements): Promise<Clients> =>
  clientsOf(target, await makeRole(target, statements, undefined, boundary));
