import { Resource } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { ownTags } from '../private/own-tags';
import { checkPhysicalName } from '../queue/physical-name';

/** Which quota share gets idle capacity first. */
export enum IdleResourceAssignment {
  /** The one whose job was submitted first. */
  FIFO = 'FIFO',
}

/** A scheduling policy of quota shares, defined here or imported. */
export interface IQuotaShareSchedulingPolicy extends batch.ISchedulingPolicyRef {
  /** Which quota share gets idle capacity first. */
  readonly idleResourceAssignment: IdleResourceAssignment;
}

/** How idle capacity is divided between quota shares. */
export interface QuotaShareSchedulingPolicyProps {
  /**
   * Which quota share gets idle capacity first.
   *
   * @default IdleResourceAssignment.FIFO
   */
  readonly idleResourceAssignment?: IdleResourceAssignment;

  /**
   * Name of the policy: up to 128 letters, digits, hyphens and underscores.
   *
   * With a name, a change of `tags` fails, for it replaces the policy and the name is taken.
   *
   * @default - a name made by CloudFormation
   */
  readonly schedulingPolicyName?: string;

  /**
   * Tags of the policy. A change of them replaces the policy; its queues take the new one.
   *
   * `Tags.of()` does not get here, for the same reason.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}

/**
 * Divides the capacity of a queue of training jobs between quota shares: each `QuotaShare` has limits of its own.
 *
 * It costs nothing (https://docs.aws.amazon.com/batch/latest/userguide/quota-management.html).
 */
export class QuotaShareSchedulingPolicy extends Resource implements IQuotaShareSchedulingPolicy {
  /** Refers to a scheduling policy of quota shares that is defined elsewhere. */
  public static fromQuotaShareSchedulingPolicyArn(
    scope: Construct,
    id: string,
    schedulingPolicyArn: string,
  ): IQuotaShareSchedulingPolicy {
    class Imported extends Resource implements IQuotaShareSchedulingPolicy {
      public readonly schedulingPolicyRef = { schedulingPolicyArn };
      // The only one that AWS Batch has.
      public readonly idleResourceAssignment = IdleResourceAssignment.FIFO;
    }
    return new Imported(scope, id, { environmentFromArn: schedulingPolicyArn });
  }

  /**
   * ARN of the scheduling policy.
   *
   * @attribute
   */
  public readonly schedulingPolicyArn: string;

  /** Which quota share gets idle capacity first. */
  public readonly idleResourceAssignment: IdleResourceAssignment;

  constructor(scope: Construct, id: string, props: QuotaShareSchedulingPolicyProps = {}) {
    super(scope, id);
    checkPhysicalName(this, 'schedulingPolicyName', props.schedulingPolicyName);
    this.idleResourceAssignment = props.idleResourceAssignment ?? IdleResourceAssignment.FIFO;

    const resource = new batch.CfnSchedulingPolicy(this, 'Resource', {
      name: props.schedulingPolicyName,
      quotaSharePolicy: { idleResourceAssignmentStrategy: this.idleResourceAssignment },
    });
    ownTags(resource, props.tags);
    this.schedulingPolicyArn = resource.attrArn;
  }

  /** Reference that other libraries and the L1 constructs take. */
  public get schedulingPolicyRef(): batch.SchedulingPolicyReference {
    return { schedulingPolicyArn: this.schedulingPolicyArn };
  }
}
