import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { looksSecret } from '../../contracts/rules/container';
import { warn } from '../../private/check';

/** Warns of values that look like secrets, without showing them: all who may describe a job can read its variables. @internal */
export function warnOfPlainSecrets(
  scope: IConstruct,
  variables: readonly (readonly [string, string])[],
  remedy = `put them into Secrets Manager or the Parameter Store and name them in 'secrets'`,
): void {
  const names = variables
    .filter(([name, value]) => !Token.isUnresolved(value) && looksSecret(name, value))
    .map(([name]) => name);
  if (names.length === 0) return;
  warn(scope, `'environment' seems to hold secrets in ${names.join(', ')}: ${remedy}`, 'job-plain-secret');
}
