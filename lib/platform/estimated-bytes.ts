import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Bytes of an ARN with a name made by CloudFormation, with some to spare. */
const BYTES_OF_ARN = 200;

/** Bytes of a value as JSON, with an estimate for each part that CloudFormation fills in. @internal */
export function estimatedBytes(scope: IConstruct, value: unknown): number {
  const resolved: unknown = Stack.of(scope).resolve(value);
  const json = JSON.stringify(resolved, (_, part: unknown) => (isIntrinsic(part) ? 'x'.repeat(BYTES_OF_ARN) : part));
  return Buffer.byteLength(json);
}

function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^(Ref$|Fn::)/.test(keys[0]);
}
