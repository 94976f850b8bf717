import { Fn } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * An alias of a function of another stack, by an ARN that comes with the deployment. The CDK takes such an ARN for that of a
 * function: it would allow calls of aliases of the alias, and measure the calls of everybody.
 * @internal
 */
export class ImportedAlias extends lambda.QualifiedFunctionBase {
  public readonly functionName: string;
  public readonly lambda: lambda.IFunction;
  public readonly architecture: lambda.Architecture;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly role?: iam.IRole;
  protected readonly canCreatePermissions = true;

  public constructor(
    scope: Construct,
    id: string,
    public readonly functionArn: string,
    protected readonly qualifier: string,
  ) {
    super(scope, id);
    this.lambda = lambda.Function.fromFunctionName(this, 'Function', Fn.select(6, Fn.split(':', functionArn)));
    this.functionName = `${this.lambda.functionName}:${qualifier}`;
    this.architecture = this.lambda.architecture;
    this.grantPrincipal = this.lambda.grantPrincipal;
    this.role = this.lambda.role;
  }

  /** An alias has no versions. */
  public override grantInvokeLatestVersion(grantee: iam.IGrantable): iam.Grant {
    return this.grantInvoke(grantee);
  }

  /** Of the calls by this alias, as aliases that are defined here say it. */
  public override metric(metricName: string, props: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const { functionName: FunctionName } = this.lambda;
    return super.metric(metricName, { dimensionsMap: { FunctionName, Resource: this.functionName }, ...props });
  }
}
