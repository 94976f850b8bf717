import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isDefinitionName } from '../../contracts/rules/job';
import { fail, warn } from '../../private/check';

/** Rejects names that AWS Batch does not take; warns of all others. @internal */
export function checkDefinitionName(scope: IConstruct, name: string | undefined): void {
  if (name === undefined) return;
  if (!Token.isUnresolved(name) && !isDefinitionName(name)) {
    throw fail(
      scope,
      `'jobDefinitionName' must have 1 to 128 letters, digits, '-' and '_', and start with a letter or a digit, ` +
        `got ${JSON.stringify(name)}`,
      'job-name',
    );
  }
  warn(
    scope,
    `a job definition with a name of its own cannot be replaced: a change of its tags fails. Leave 'jobDefinitionName' ` +
      'out, unless others know the job by this name',
    'job-physical-name',
  );
}
