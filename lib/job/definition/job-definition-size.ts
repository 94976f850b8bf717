import type { IConstruct } from 'constructs';
import { MAX_DEFINITION_BYTES as MAX_BYTES } from '../../contracts/rules/job';
import { violation } from '../../private/check';
import { literalBytes } from '../../private/intrinsics';

/** Says what is wrong when a definition is too large for AWS Batch, whatever the deploy-time values in it are. @internal */
export function validateDefinitionSize(scope: IConstruct, definition: unknown): string[] {
  const bytes = literalBytes(scope, definition);
  if (bytes <= MAX_BYTES) return [];
  return [
    violation(
      scope,
      `the job definition has ${bytes} bytes as JSON, AWS Batch takes at most ${MAX_BYTES}: ` +
        `keep data in a bucket and pass its location in 'environment' or 'parameters'`,
      'job-definition-size',
    ),
  ];
}
