import { Token } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { SHARE_IDENTIFIER, SHARE_IDENTIFIER_IN_WORDS } from '../contracts/share-identifier';
import type { IBatchJob } from '../job/batch-job-interface';
import { fail } from '../private/check';
import type { IJobQueue } from '../queue/job-queue-interface';
import { isExpression } from './jsonata';

/** Whether a queue has a scheduling policy; not known of a queue that is defined elsewhere. @internal */
export function hasSchedulingPolicy(queue: IJobQueue): boolean | undefined {
  if (queue.schedulingPolicy !== undefined) return true;
  const resource = queue.node.defaultChild;
  if (!batch.CfnJobQueue.isCfnJobQueue(resource)) return undefined;
  return resource.schedulingPolicyArn !== undefined;
}

/**
 * The share identifier of a submission: that of the job, unless another one is given. AWS Batch asks for one where the
 * queue has a scheduling policy, and takes none elsewhere.
 * @internal
 */
export function shareIdentifierOf(
  scope: IConstruct,
  job: IBatchJob,
  queue: IJobQueue,
  given?: string,
): string | undefined {
  const policy = hasSchedulingPolicy(queue);
  if (given !== undefined && policy === false) {
    throw fail(
      scope,
      `'shareIdentifier' is ${JSON.stringify(given)}, but ${queue.node.path} has no scheduling policy and takes none: ` +
        `leave it out, or give the queue a scheduling policy`,
      'pipeline-share-unused',
    );
  }
  const share = policy === false ? undefined : (given ?? job.shareIdentifier);
  if (share === undefined && policy === true) {
    throw fail(
      scope,
      `'shareIdentifier' is missing: ${queue.node.path} has a scheduling policy and serves no job without one; ` +
        `give it here, or to ${job.node.path} for all its submissions`,
      'pipeline-share-missing',
    );
  }
  if (share !== undefined) checkShareIdentifier(scope, share);
  return share;
}

/** Rejects a share identifier that AWS Batch does not take; expressions and deploy-time values pass. @internal */
export function checkShareIdentifier(scope: IConstruct, share: string): void {
  if (Token.isUnresolved(share) || isExpression(share) || SHARE_IDENTIFIER.test(share.replace(/\*$/, ''))) return;
  throw fail(
    scope,
    `'shareIdentifier' must have ${SHARE_IDENTIFIER_IN_WORDS}, got ${JSON.stringify(share)}`,
    'pipeline-share-identifier',
  );
}

/** Rejects a queue with a scheduling policy where a share identifier cannot be told. @internal */
export function checkNeedsNoShare(scope: IConstruct, queue: IJobQueue, who: string): void {
  if (hasSchedulingPolicy(queue) !== true) return;
  throw fail(
    scope,
    `${queue.node.path} has a scheduling policy and serves no job without a share identifier, which ${who} cannot ` +
      `name: use another queue, a SubmitJobScheduleTarget or a state machine with a SubmitJobTask`,
    'pipeline-share-missing',
  );
}
