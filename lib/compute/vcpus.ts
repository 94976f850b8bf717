import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../private/check';

/** Most vCPUs unless told otherwise, as in aws-cdk-lib. */
export const DEFAULT_MAX_VCPUS = 256;

/** Rejects bounds that AWS Batch would refuse, or that would leave jobs waiting forever; deploy-time values pass. */
export function checkVcpus(scope: IConstruct, maxvCpus: number, minvCpus = 0): void {
  checkWhole(scope, 'maxvCpus', maxvCpus, 1);
  checkWhole(scope, 'minvCpus', minvCpus, 0);
  if (!Token.isUnresolved(maxvCpus) && !Token.isUnresolved(minvCpus) && minvCpus > maxvCpus) {
    throw fail(scope, `'minvCpus' must not exceed 'maxvCpus' (${maxvCpus}), got ${minvCpus}`, 'compute-vcpus');
  }
}

function checkWhole(scope: IConstruct, name: string, value: number, min: number): void {
  if (Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min) {
    throw fail(scope, `'${name}' must be a whole number of at least ${min}, got ${value}`, 'compute-vcpus');
  }
}
