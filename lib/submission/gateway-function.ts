import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * The function of a gateway. Its aliases are those of teams: who may call the function may not call in their names, whatever
 * integration of the CDK grants it.
 * @internal
 */
export class GatewayFunction extends lambda.Function {
  public override get resourceArnsForGrantInvoke(): string[] {
    return callableArns(this.functionArn);
  }
}

/** ARNs by which the function itself is called, and none of its aliases. @internal */
export function callableArns(functionArn: string): string[] {
  return [functionArn, `${functionArn}:$LATEST`];
}
