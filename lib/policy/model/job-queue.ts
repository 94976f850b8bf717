import type { Resource, Template, Value } from '../template/template';
import { type ComputeEnvironment, referredComputeEnvironment } from './compute-environment';

/** A job queue, as a template has it. @internal */
export interface JobQueue {
  readonly logicalId: string;
  readonly properties: Value;
  /** Whether it is one of training jobs, which run in service environments. */
  readonly isOfTraining: boolean;
  /** What the queue says of its compute environments, in the order of the template. */
  readonly order: Value;
  /** Its compute environments, as far as they are of the same template. */
  readonly environments: readonly ComputeEnvironment[];
  /** Whether these are all. */
  readonly isClosed: boolean;
  readonly schedulingPolicy: Value;
}

const TYPE = 'AWS::Batch::JobQueue';

/** The job queues of a template. @internal */
export const jobQueuesOf = (template: Template): JobQueue[] => template.ofType(TYPE).map(jobQueueOf);

/** The job queue that a value refers to, if it is of the same template. @internal */
export function referredJobQueue({ target }: Value): JobQueue | undefined {
  return target?.type === TYPE ? jobQueueOf(target) : undefined;
}

/** Whether a scheduling policy divides capacity by quota shares; nothing if it is not of the same template. @internal */
export function dividesByQuotaShares(policy: Value): boolean | undefined {
  if (policy.isAbsent) return false;
  const quota = policy.target?.properties.at('QuotaSharePolicy');
  return quota === undefined ? undefined : !quota.isAbsent;
}

function jobQueueOf({ logicalId, properties }: Resource): JobQueue {
  const order = properties.at('ComputeEnvironmentOrder');
  const environments = (order.items ?? []).flatMap(
    (one) => referredComputeEnvironment(one.at('ComputeEnvironment')) ?? [],
  );
  const isOfTraining =
    properties.at('JobQueueType').text === 'SAGEMAKER_TRAINING' || !properties.at('ServiceEnvironmentOrder').isAbsent;
  const isClosed = environments.length > 0 && environments.length === order.items?.length;
  const schedulingPolicy = properties.at('SchedulingPolicyArn');
  return { logicalId, properties, isOfTraining, order, environments, isClosed, schedulingPolicy };
}
