import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** Permissions on a gateway. */
export class SubmissionGatewayGrants {
  /** Permissions on the gateway that this function belongs to, defined here or imported. */
  public static fromSubmitFunction(submitFunction: lambda.IFunction): SubmissionGatewayGrants {
    // The aliases of a function are those of teams: who may call the function may not call in their names.
    return new SubmissionGatewayGrants((grantee) => submitFunction.grantInvokeLatestVersion(grantee));
  }

  /** Permissions on the gateway as one team calls it. @internal */
  public static _fromAlias(alias: lambda.Alias): SubmissionGatewayGrants {
    return new SubmissionGatewayGrants((grantee) => alias.grantInvoke(grantee));
  }

  private constructor(private readonly grantInvoke: (grantee: iam.IGrantable) => iam.Grant) {}

  /**
   * Lets `grantee` submit any job of the gateway, without permissions on jobs, queues and buckets of its own. The gateway of
   * a team is called in the name of that team only, and that of everybody in the name of none.
   */
  public invoke(grantee: iam.IGrantable): iam.Grant {
    return this.grantInvoke(grantee);
  }
}
