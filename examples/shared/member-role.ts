import { Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** What people of a team take on; scanners are told why it has a policy of its own. */
export function memberRole(scope: Construct, id: string): iam.Role {
  const role = new iam.Role(scope, id, { assumedBy: new iam.AccountRootPrincipal() });
  for (const pack of ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']) {
    const reason = 'the policy is of this one role, and goes with it';
    Validations.of(role).acknowledge({ id: `${pack}-IAMNoInlinePolicy`, reason });
  }
  return role;
}
