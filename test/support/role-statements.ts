import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** One statement of a policy document in a template. */
export interface Statement {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Effect: string;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

interface RolePolicy {
  readonly Properties: {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
    readonly Roles: readonly { readonly Ref: string }[];
  };
}

/** The statements of all policies attached to the role whose logical id begins with `role`. */
export function statementsOf(stack: Stack, role: string): Statement[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(isRolePolicy)
    .filter((policy) => policy.Properties.Roles.some(({ Ref }) => Ref.startsWith(role)))
    .flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

/** The only statement of the role with this action. */
export function statementWith(stack: Stack, role: string, action: string): Statement {
  const found = statementsOf(stack, role).filter((statement) => [statement.Action].flat().includes(action));
  if (found.length !== 1) throw new Error(`${found.length} statements of ${role} have ${action}`);
  return found[0];
}

function isRolePolicy(resource: object): resource is RolePolicy {
  return 'Properties' in resource;
}
