import { AwsError } from '../../core/errors';

/** Refuses a definition, in the words of Step Functions; `path` leads to the place. */
export const invalid = (problem: string, path: string, kind = 'SCHEMA_VALIDATION_FAILED'): AwsError =>
  new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${kind}: ${problem} at ${path}'`);
