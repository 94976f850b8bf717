import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { warn } from '../../private/check';

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(_|$)/i;

/** What says where a secret is, not what it is. */
const REFERENCE_NAME = /_(ARN|ID|NAME|PATH|FILE|URL|URI)$/i;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ACCESS_KEY = /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)/;

/** Warns of values that look like secrets, without showing them: all who may describe a job can read its variables. @internal */
export function warnOfPlainSecrets(
  scope: IConstruct,
  variables: readonly (readonly [string, string])[],
  remedy = `put them into Secrets Manager or the Parameter Store and name them in 'secrets'`,
): void {
  const names = variables.filter(looksSecret).map(([name]) => name);
  if (names.length === 0) return;
  warn(scope, `'environment' seems to hold secrets in ${names.join(', ')}: ${remedy}`, 'job-plain-secret');
}

function looksSecret([name, value]: readonly [string, string]): boolean {
  if (Token.isUnresolved(value) || value === '') return false;
  if (ACCESS_KEY.test(value)) return true;
  return SECRET_NAME.test(name) && !REFERENCE_NAME.test(name) && !value.startsWith('arn:');
}
