import { Names, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { ImportedGatewayFunction } from './imported-gateway-function';

/** Permissions on a gateway. */
export class SubmissionGatewayGrants {
  /**
   * Permissions on the gateway that this function belongs to, defined here or imported; of a team, where it is an alias.
   * Import an alias whose ARN is known at deployment only with `lambda.Alias.fromAliasAttributes`.
   */
  public static fromSubmitFunction(submitFunction: lambda.IFunction): SubmissionGatewayGrants {
    return new SubmissionGatewayGrants(callable(submitFunction));
  }

  private constructor(private readonly submitFunction: lambda.IFunction) {}

  /**
   * Lets `grantee` submit any job of the gateway, without permissions on jobs, queues and buckets of its own. The gateway of
   * a team is called in the name of that team only, and that of everybody in the name of none.
   */
  public invoke(grantee: iam.IGrantable): iam.Grant {
    return this.submitFunction.grantInvoke(grantee);
  }
}

/** The aliases of a function are those of teams: who may call the function may not call in their names. */
function callable(submit: lambda.IFunction): lambda.IFunction {
  if (!submit.resourceArnsForGrantInvoke.includes(`${submit.functionArn}:*`)) return submit;
  const stack = Stack.of(submit);
  const id = `${Names.nodeUniqueId(submit.node)}GatewayCalls`;
  const known = stack.node.tryFindChild(id);
  return known instanceof ImportedGatewayFunction ? known : new ImportedGatewayFunction(stack, id, submit);
}
