import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Whether CloudFormation fills in this part of a resolved value. @internal */
export function isIntrinsic(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length === 1 && /^(Ref$|Fn::)/.test(names[0]);
}

/** Bytes of a value as JSON, of which those that CloudFormation fills in are left out: a lower bound. @internal */
export function literalBytes(scope: IConstruct, value: unknown): number {
  return bytesWith('', scope, value);
}

/** Bytes of an ARN with a name made by CloudFormation, with some to spare. */
const BYTES_OF_ARN = 200;

/** Bytes of a value as JSON, with an estimate for each part that CloudFormation fills in. @internal */
export function estimatedBytes(scope: IConstruct, value: unknown): number {
  return bytesWith('x'.repeat(BYTES_OF_ARN), scope, value);
}

function bytesWith(filled: string, scope: IConstruct, value: unknown): number {
  const resolved: unknown = Stack.of(scope).resolve(value);
  return Buffer.byteLength(JSON.stringify(resolved, (_, part: unknown) => (isIntrinsic(part) ? filled : part)));
}
