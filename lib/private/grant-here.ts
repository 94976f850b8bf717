import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from './check';
import { grantActions } from './grant-actions';

/** The same as {@link grantActions}, of what only the own policies of a principal can allow: fails for other accounts. @internal */
export function grantHere(
  scope: IConstruct,
  grantee: iam.IGrantable,
  actions: string[],
  resourceArns: string[],
  conditions?: Record<string, Record<string, unknown>>,
): iam.Grant {
  const { grantPrincipal } = grantee;
  const { account } = Stack.of(scope);
  const isForeign = Token.compareStrings(grantPrincipal.principalAccount ?? account, account);
  const grant = grantActions(grantee, actions, resourceArns, conditions);
  if (grant.success && isForeign !== TokenComparison.DIFFERENT) return grant;
  const hint = 'grant it to a role of this account that the principal may assume';
  throw fail(scope, `${actions[0]} cannot be granted to a principal of another account: ${hint}`);
}
