import { Annotations, Token, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { CHECKS, type CheckId, type ErrorId, type WarningId } from '../contracts/checks';

/** What ids of checks begin with where they meet those of other libraries. @internal */
export const NAMESPACE = 'cdk-batch-platform';

/** What is wrong, by a rule that constructs and the policy pack share. @internal */
export interface Problem {
  readonly check: CheckId;
  readonly message: string;
}

/** Stops synthesis, or warns, as the check says. @internal */
export function raise(scope: IConstruct, { check, message }: Problem): void {
  if (isError(check)) throw fail(scope, message, check);
  if (isWarning(check)) warn(scope, message, check);
}

const isError = (check: CheckId): check is ErrorId => CHECKS[check].level === 'error';
const isWarning = (check: CheckId): check is WarningId => CHECKS[check].level === 'warning';

/**
 * An error that says where it happened. Messages say what was given, what is allowed and what to do.
 *
 * @param check Id of the documented check that failed; left out when the library is used in a way that cannot work.
 * @internal
 */
export function fail(scope: IConstruct, message: string, check?: ErrorId): Error {
  return new Error(`${located(scope, message)}${check === undefined ? '' : ` [${NAMESPACE}:${check}]`}`);
}

/** The same for what can only be said at the end of synthesis, by `node.addValidation`. @internal */
export function violation(scope: IConstruct, message: string, check: ErrorId): string {
  return fail(scope, message, check).message;
}

/** Says what is probably wrong; the user can acknowledge it by the id of the check. @internal */
export function warn(scope: IConstruct, message: string, check: WarningId): void {
  Annotations.of(scope).addWarningV2(`${NAMESPACE}:${check}`, message);
}

/** Keeps the policy pack from what a construct knows and a template does not say. @internal */
export function settle(scope: IConstruct, check: WarningId, reason: string): void {
  Validations.of(scope).acknowledge({ id: `${NAMESPACE}::${check}`, reason });
}

/** Rejects a number outside its documented range; values known only at deploy time pass. @internal */
export function checkRange(
  scope: IConstruct,
  name: string,
  value: number | undefined,
  min: number,
  max: number,
  details: { readonly unit?: string; readonly check?: ErrorId } = {},
): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    const whole = details.unit === undefined ? 'a whole number' : `a whole number of ${details.unit}`;
    throw fail(scope, `'${name}' must be ${whole} from ${min} to ${max}, got ${value}`, details.check);
  }
}

function located(scope: IConstruct, message: string): string {
  return `${message} (in ${scope.node.path})`;
}
