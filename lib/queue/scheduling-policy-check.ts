import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { fail } from '../private/check';

/** Policies of quota shares say how they assign idle resources, and those by share identifiers do not. @internal */
export const isOfQuotaShares = (policy: batch.ISchedulingPolicyRef): boolean => 'idleResourceAssignment' in policy;

/** Rejects a policy of quota shares: they exist on queues of training jobs only. @internal */
export function checkSchedulingPolicy(scope: IConstruct, policy: batch.ISchedulingPolicyRef | undefined): void {
  if (policy === undefined || !isOfQuotaShares(policy)) return;
  const hint = 'use a FairShareSchedulingPolicy, or a TrainingJobQueue';
  const message = `'schedulingPolicy' must divide compute by share identifiers, got quota shares of ${policy.node.id}: ${hint}`;
  throw fail(scope, message, 'queue-scheduling-policy');
}
