import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Largest job definition in bytes (https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html). */
const MAX_BYTES = 24 * 1024;

/** Says what is wrong when a definition is too large for AWS Batch, whatever the deploy-time values in it are. @internal */
export function validateDefinitionSize(scope: IConstruct, definition: unknown): string[] {
  const resolved: unknown = Stack.of(scope).resolve(definition);
  const bytes = Buffer.byteLength(JSON.stringify(resolved, withoutIntrinsics));
  if (bytes <= MAX_BYTES) return [];
  return [
    `the job definition has ${bytes} bytes as JSON, AWS Batch takes at most ${MAX_BYTES}: ` +
      `keep data in a bucket and pass its location in 'environment' or 'parameters' (in ${scope.node.path})`,
  ];
}

/** What CloudFormation fills in counts as nothing: the result is a lower bound. */
function withoutIntrinsics(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const isIntrinsic = keys.length === 1 && /^(Ref$|Fn::)/.test(keys[0]);
  return isIntrinsic ? '' : value;
}
