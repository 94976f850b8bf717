import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Bytes of a value as JSON, of which those that CloudFormation fills in are left out: a lower bound. @internal */
export function literalBytes(scope: IConstruct, value: unknown): number {
  const resolved: unknown = Stack.of(scope).resolve(value);
  return Buffer.byteLength(JSON.stringify(resolved, withoutIntrinsics));
}

function withoutIntrinsics(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  const isIntrinsic = keys.length === 1 && /^(Ref$|Fn::)/.test(keys[0]);
  return isIntrinsic ? '' : value;
}
