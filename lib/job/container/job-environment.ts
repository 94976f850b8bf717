import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { JOB_ENVIRONMENT } from '../../contracts/job-environment';
import { fail } from '../../private/check';
import { warnOfPlainSecrets } from './plain-secrets';

/** Variables that a submission sets; a container cannot have one of them twice. */
const SET_BY_SUBMISSION: readonly string[] = Object.values(JOB_ENVIRONMENT);

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
  if (Token.isUnresolved(name)) return;
  if (!/^[^=\s]+$/.test(name)) {
    throw fail(
      scope,
      `the name of an environment variable must not be empty or contain '=' or blanks, got ${JSON.stringify(name)}`,
      'job-environment-name',
    );
  }
  if (name.startsWith('AWS_BATCH')) {
    throw fail(
      scope,
      `the name of an environment variable must not start with 'AWS_BATCH', which AWS Batch keeps for itself, ` +
        `got ${JSON.stringify(name)}: choose another name`,
      'job-environment-name',
    );
  }
  if (SET_BY_SUBMISSION.includes(name)) {
    throw fail(
      scope,
      `the environment variable '${name}' is set by each submission: choose another name`,
      'job-environment-name',
    );
  }
}
