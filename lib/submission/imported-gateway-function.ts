import { Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct, Node } from 'constructs';
import { callableArns } from './gateway-function';

/** Where an ARN of a function has its alias or version. */
const QUALIFIER = 7;

/**
 * The function of a gateway that is defined elsewhere, or the alias of a team: integrations of the CDK may call that and
 * nothing else. Permissions of other accounts are those of the function that it stands for.
 * @internal
 */
export class ImportedGatewayFunction extends lambda.FunctionBase {
  public readonly functionName: string;
  public readonly functionArn: string;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly role?: iam.IRole;
  public readonly permissionsNode: Node;
  public readonly architecture: lambda.Architecture;
  public readonly tenancyConfig?: lambda.TenancyConfig;
  public readonly resourceArnsForGrantInvoke: string[];
  protected readonly canCreatePermissions = true;
  private readonly dimensionsMap?: Record<string, string>;

  public constructor(
    scope: Construct,
    id: string,
    private readonly imported: lambda.IFunction,
  ) {
    const { functionArn, functionName } = imported;
    // An ARN that is known at deployment only comes from the account of the stack, as exports and parameters do.
    super(scope, id, Token.isUnresolved(functionArn) ? {} : { environmentFromArn: functionArn });
    const alias = aliasOf(imported);
    const ending = `:${alias ?? ''}`;
    const ofFunction = functionName.endsWith(ending) ? functionName.slice(0, -ending.length) : functionName;
    this.functionArn = functionArn;
    this.functionName = alias === undefined ? functionName : `${ofFunction}${ending}`;
    this.grantPrincipal = imported.grantPrincipal;
    this.role = imported.role;
    this.permissionsNode = imported.permissionsNode;
    this.architecture = imported.architecture;
    this.tenancyConfig = imported.tenancyConfig;
    this.resourceArnsForGrantInvoke = alias === undefined ? callableArns(functionArn) : [functionArn];
    this.dimensionsMap = alias === undefined ? undefined : { FunctionName: ofFunction, Resource: this.functionName };
  }

  public override metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { dimensionsMap = { FunctionName: this.functionName } } = this;
    return super.metric(metricName, { dimensionsMap, ...props });
  }

  public override addPermission(id: string, permission: lambda.Permission): void {
    this.imported.addPermission(id, permission);
  }

  protected override _functionNode(): Node {
    return this.imported.node;
  }
}

/** What stands for a function; what its callers may call by its aliases as well is made narrower. @internal */
export function calledFunction(scope: Construct, id: string, submit: lambda.IFunction): lambda.IFunction {
  const isWide = submit.resourceArnsForGrantInvoke.includes(`${submit.functionArn}:*`);
  return isWide || 'aliasName' in submit ? new ImportedGatewayFunction(scope, id, submit) : submit;
}

/** The alias or version that a function is called by; of an ARN that is not known yet, only a `lambda.IAlias` says so. */
function aliasOf(submit: lambda.IFunction): string | undefined {
  if ('aliasName' in submit && typeof submit.aliasName === 'string') return submit.aliasName;
  return Token.isUnresolved(submit.functionArn) ? undefined : submit.functionArn.split(':').at(QUALIFIER);
}
