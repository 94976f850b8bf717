import type { Duration } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { fail } from '../private/check';

/** What AWS Batch allows (https://docs.aws.amazon.com/batch/latest/APIReference/API_JobStateTimeLimitAction.html). */
const MIN_SECONDS = 600;
const MAX_SECONDS = 86_400;

/**
 * Renders the limits that are set, each for the reason of its property: `CANCEL` for jobs in containers, `TERMINATE` for
 * training jobs.
 * @internal
 */
export function timeLimitActions<Property extends string>(
  scope: IConstruct,
  action: 'CANCEL' | 'TERMINATE',
  reasons: readonly (readonly [Property, string])[],
  limits: Readonly<Partial<Record<Property, Duration>>>,
): batch.CfnJobQueue.JobStateTimeLimitActionProperty[] | undefined {
  const actions = reasons.flatMap(([property, reason]) => {
    const maxTime = limits[property];
    if (maxTime === undefined) return [];
    checkTimeLimit(scope, property, maxTime);
    return [{ action, maxTimeSeconds: maxTime.toSeconds(), reason, state: 'RUNNABLE' }];
  });
  return actions.length === 0 ? undefined : actions;
}

function checkTimeLimit(scope: IConstruct, property: string, maxTime: Duration): void {
  if (maxTime.isUnresolved()) return;
  const seconds = maxTime.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) return;
  const allowed = 'whole seconds, from 10 minutes (600 seconds) to 24 hours (86400 seconds)';
  const hint = 'leave it out of only() to let such a job wait for ever';
  const got = maxTime.toHumanString();
  throw fail(scope, `'timeLimits.${property}' must be ${allowed}, got ${got}: ${hint}`, 'queue-time-limit');
}
