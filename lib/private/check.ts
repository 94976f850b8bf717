import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** An error that says where it happened. Messages say what was given, what is allowed and what to do. @internal */
export function fail(scope: IConstruct, message: string): Error {
  return new Error(`${message} (in ${scope.node.path})`);
}

/** Rejects a number outside its documented range; values known only at deploy time pass. @internal */
export function checkRange(
  scope: IConstruct,
  name: string,
  value: number | undefined,
  min: number,
  max: number,
  unit?: string,
): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    const whole = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
    throw fail(scope, `'${name}' must be ${whole} from ${min} to ${max}, got ${value}`);
  }
}
