import * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcards } from './acknowledge';

/** Lets `grantee` do this to these resources; a wildcard in them stands for what can be no narrower. @internal */
export function grantActions(
  grantee: iam.IGrantable,
  actions: string[],
  resourceArns: string[],
  conditions?: Record<string, Record<string, unknown>>,
): iam.Grant {
  acknowledgeWildcards(grantee, resourceArns);
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
}
