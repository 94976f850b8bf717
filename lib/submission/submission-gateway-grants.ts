import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';

/** Permissions on a gateway. */
export class SubmissionGatewayGrants {
  /** Permissions on the gateway that this function belongs to, defined here or imported. */
  public static fromSubmitFunction(submitFunction: lambda.IFunction): SubmissionGatewayGrants {
    return new SubmissionGatewayGrants(submitFunction);
  }

  private constructor(private readonly submitFunction: lambda.IFunction) {}

  /** Lets `grantee` submit any job of the gateway, without permissions on jobs, queues and buckets of its own. */
  public invoke(grantee: iam.IGrantable): iam.Grant {
    return this.submitFunction.grantInvoke(grantee);
  }
}
