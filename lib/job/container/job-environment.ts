import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { variableNameProblem } from '../../contracts/rules/container';
import { fail } from '../../private/check';
import { warnOfPlainSecrets } from './plain-secrets';

/** Environment variables with plain values, named as the job definition wants them. @internal */
export function renderEnvironment(
  scope: IConstruct,
  environment: Record<string, string> | undefined,
): batch.CfnJobDefinition.EnvironmentProperty[] | undefined {
  const variables = Object.entries(environment ?? {});
  for (const [name] of variables) checkVariableName(scope, name);
  warnOfPlainSecrets(scope, variables);
  return variables.length === 0 ? undefined : variables.map(([name, value]) => ({ name, value }));
}

/** Environment variables with secret values; ECS reads them as `executionRole`, never the code in the container. @internal */
export function renderSecrets(
  scope: IConstruct,
  secrets: Record<string, batch.Secret> | undefined,
  environment: Record<string, string> | undefined,
  executionRole: iam.IRole,
): batch.CfnJobDefinition.SecretProperty[] | undefined {
  const variables = Object.entries(secrets ?? {});
  for (const [name, secret] of variables) {
    checkVariableName(scope, name);
    if (environment?.[name] !== undefined) {
      throw fail(scope, `'${name}' is in 'environment' and in 'secrets': keep one of them`, 'job-environment-name');
    }
    secret.grantRead(executionRole);
  }
  return variables.length === 0 ? undefined : variables.map(([name, secret]) => ({ name, valueFrom: secret.arn }));
}

/** Rejects names of environment variables that AWS Batch or a container cannot take; deploy-time names pass. @internal */
export function checkVariableName(scope: IConstruct, name: string): void {
  const problem = Token.isUnresolved(name) ? undefined : variableNameProblem(name);
  if (problem !== undefined) throw fail(scope, problem, 'job-environment-name');
}
