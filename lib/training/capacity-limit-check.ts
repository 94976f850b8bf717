import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_CAPACITY_LIMITS as MAX_LIMITS, repeated } from '../contracts/rules/queue';
import { checkRange, fail } from '../private/check';
import type { CapacityLimit } from './capacity-limit';

/** Rejects capacity limits that AWS Batch refuses. @internal */
export function checkCapacityLimits(scope: IConstruct, limits: readonly CapacityLimit[]): void {
  if (limits.length === 0 || limits.length > MAX_LIMITS) {
    const message = `'capacityLimits' must hold 1 to ${MAX_LIMITS} limits, got ${limits.length}`;
    throw fail(scope, message, 'queue-capacity-limits');
  }
  for (const { maxCapacity } of limits) {
    checkRange(scope, 'maxCapacity', maxCapacity, 1, Number.MAX_SAFE_INTEGER, { check: 'queue-max-capacity' });
  }
  const units = limits.map(({ capacityUnit }) => capacityUnit);
  const twice = repeated(units);
  if (twice !== undefined) {
    throw fail(scope, `'capacityLimits' must differ, got two for ${twice}: leave one out`, 'queue-capacity-limits');
  }
  if (limits.length > 1 && limits.some(({ ofAnyType }) => ofAnyType)) {
    const hint = 'use CapacityLimit.instances() alone, or CapacityLimit.instancesOf() for each type';
    const message = `'capacityLimits' must be for any instance type or for given ones, got ${units.join(', ')}: ${hint}`;
    throw fail(scope, message, 'queue-capacity-limits');
  }
}

/** Rejects limits that do not go with the way in which a queue divides its capacity. @internal */
export function checkUnits(scope: IConstruct, limits: readonly CapacityLimit[], ofQuotaShares: boolean): void {
  const wrong = limits.find(
    ({ capacityUnit, ofAnyType }) => !Token.isUnresolved(capacityUnit) && ofAnyType === ofQuotaShares,
  );
  if (wrong === undefined) return;
  const rule = ofQuotaShares
    ? 'limits for given instance types with quota shares'
    : 'one limit for instances of any type without quota shares';
  const hint = ofQuotaShares ? 'use CapacityLimit.instancesOf()' : 'use CapacityLimit.instances()';
  throw fail(scope, `there must be ${rule}, got one for ${wrong.capacityUnit}: ${hint}`, 'queue-capacity-unit');
}
