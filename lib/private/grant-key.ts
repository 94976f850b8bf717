import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { admitToKey } from './key-policy';

/**
 * Adds to a permission on what `holder` keeps that to use its key. Where it was for the policy of the holder to say so, as
 * for principals of other accounts, that of the key has to say it as well: a warning says what an imported one must have.
 * @internal
 */
export function withKey(
  holder: IConstruct,
  key: kms.IKey | undefined,
  grant: iam.Grant,
  grantee: iam.IGrantable,
  ...actions: string[]
): iam.Grant {
  if (key === undefined) return grant;
  if (grant.resourceStatements.length > 0) {
    const statement = new iam.PolicyStatement({ principals: [grantee.grantPrincipal], actions, resources: ['*'] });
    admitToKey(holder, key, statement, `another account cannot decrypt what ${holder.node.path} holds`);
  }
  return grant.combine(key.grant(grantee, ...actions));
}
