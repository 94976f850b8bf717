import { Resource, Token } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct, IConstruct } from 'constructs';
import { fail } from '../private/check';
import { checkName } from '../queue/physical-name';
import { isOfQuotaShares } from '../queue/scheduling-policy-check';
import type { CapacityLimit } from './capacity-limit';
import { checkCapacityLimits, checkUnits } from './capacity-limit-check';
import type { QuotaShareProps } from './quota-share-props';
import { ResourceSharing } from './resource-sharing';
import type { ITrainingJobQueue } from './training-job-queue-interface';

/**
 * Defines the share of a team or project in the capacity of a queue of training jobs: a queue of its own inside of it.
 *
 * It costs nothing (https://docs.aws.amazon.com/batch/latest/userguide/quota-shares.html).
 */
export class QuotaShare extends Resource implements batch.IQuotaShareRef {
  /** Refers to a quota share that is defined elsewhere. */
  public static fromQuotaShareArn(scope: Construct, id: string, quotaShareArn: string): batch.IQuotaShareRef {
    class Imported extends Resource implements batch.IQuotaShareRef {
      public readonly quotaShareRef = { quotaShareArn };
    }
    return new Imported(scope, id, { environmentFromArn: quotaShareArn });
  }

  /**
   * ARN of the quota share.
   *
   * @attribute
   */
  public readonly quotaShareArn: string;

  /**
   * Name that jobs give for the share.
   *
   * @attribute
   */
  public readonly quotaShareName: string;

  constructor(scope: Construct, id: string, props: QuotaShareProps) {
    super(scope, id);
    const { queue, capacityLimits } = props;
    const quotaShareName = props.quotaShareName ?? id;
    checkPolicy(this, queue);
    checkCapacityLimits(this, capacityLimits);
    checkUnits(this, capacityLimits, true);
    checkOffer(this, capacityLimits, queue);
    checkName(this, 'quotaShareName', quotaShareName);

    const resource = new batch.CfnQuotaShare(this, 'Resource', {
      quotaShareName,
      jobQueue: queue.jobQueueRef.jobQueueArn,
      capacityLimits: capacityLimits.map(({ maxCapacity, capacityUnit }) => ({ maxCapacity, capacityUnit })),
      resourceSharingConfiguration: (props.sharing ?? ResourceSharing.lendAndBorrow())._render(this),
      preemptionConfiguration: { inSharePreemption: (props.inSharePreemption ?? false) ? 'ENABLED' : 'DISABLED' },
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      tags: props.tags,
    });
    this.quotaShareArn = resource.attrQuotaShareArn;
    this.quotaShareName = quotaShareName;
  }

  /** Reference that other libraries and the L1 constructs take. */
  public get quotaShareRef(): batch.QuotaShareReference {
    return { quotaShareArn: this.quotaShareArn };
  }
}

/** Of an imported queue neither is known, and both are when the queue is defined here. */
function checkPolicy(scope: IConstruct, { node, serviceEnvironment, schedulingPolicy }: ITrainingJobQueue): void {
  if (serviceEnvironment === undefined || (schedulingPolicy !== undefined && isOfQuotaShares(schedulingPolicy))) return;
  const got = schedulingPolicy === undefined ? 'none' : schedulingPolicy.node.id;
  const message = `'schedulingPolicy' of queue ${node.id} must be a QuotaShareSchedulingPolicy, got ${got}: give it one`;
  throw fail(scope, message, 'queue-quota-share-policy');
}

/** Rejects instance types that the service environment does not have: jobs of the share would wait for ever. */
function checkOffer(
  scope: IConstruct,
  limits: readonly CapacityLimit[],
  { serviceEnvironment }: ITrainingJobQueue,
): void {
  const offered = serviceEnvironment?.capacityLimits?.map(({ capacityUnit }) => capacityUnit);
  if (offered === undefined || offered.some((unit) => Token.isUnresolved(unit))) return;
  const missing = limits.find(
    ({ capacityUnit }) => !Token.isUnresolved(capacityUnit) && !offered.includes(capacityUnit),
  );
  if (missing === undefined) return;
  const got = `got ${missing.capacityUnit} where it has ${offered.join(', ')}`;
  const message = `'capacityLimits' must be of instance types of the service environment, ${got}: add the type there`;
  throw fail(scope, message, 'queue-quota-share-type');
}
