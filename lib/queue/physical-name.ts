import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isName } from '../contracts/rules/queue';
import { fail, warn } from '../private/check';

/** Rejects a name that AWS Batch refuses. @internal */
export function checkName(scope: IConstruct, property: string, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || isName(name)) return;
  const allowed = '1 to 128 letters, digits, hyphens and underscores';
  throw fail(scope, `'${property}' must be ${allowed}, got ${JSON.stringify(name)}`, 'queue-name');
}

/** The same for a resource that changes of its tags replace: the name stands in the way then. @internal */
export function checkPhysicalName(scope: IConstruct, property: string, name: string | undefined): void {
  checkName(scope, property, name);
  if (name === undefined) return;
  const cause = 'CloudFormation cannot replace what has a name of its own, and a change of its tags replaces it';
  warn(
    scope,
    `'${property}' is set: ${cause}: leave it out, or change the name together with the tags`,
    'queue-physical-name',
  );
}
