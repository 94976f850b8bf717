import { Fn } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * An alias of a function of another stack, by an ARN that comes with the deployment, which the CDK would take for that of a
 * function.
 * @internal
 */
export class ImportedAlias extends lambda.QualifiedFunctionBase {
  public readonly functionName: string;
  public readonly lambda: lambda.IFunction;
  public readonly architecture: lambda.Architecture;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly role?: iam.IRole;
  protected readonly qualifier: string;
  protected readonly canCreatePermissions = true;

  public constructor(
    scope: Construct,
    id: string,
    public readonly functionArn: string,
    public readonly aliasName: string,
  ) {
    super(scope, id);
    this.qualifier = aliasName;
    this.lambda = lambda.Function.fromFunctionName(this, 'Function', Fn.select(6, Fn.split(':', functionArn)));
    this.functionName = `${this.lambda.functionName}:${aliasName}`;
    this.architecture = this.lambda.architecture;
    this.grantPrincipal = this.lambda.grantPrincipal;
    this.role = this.lambda.role;
  }
}
