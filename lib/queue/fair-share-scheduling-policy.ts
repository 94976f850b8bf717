import { Lazy, Resource } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct } from 'constructs';
import { checkRange } from '../private/check';
import { ownTags } from '../private/own-tags';
import type { FairShare, FairShareSchedulingPolicyProps } from './fair-share-scheduling-policy-props';
import { checkPhysicalName } from './physical-name';
import { checkShareDecay, checkShares } from './share-check';

/**
 * Divides the compute of a queue between shares, such as teams or customers, so that many jobs of one do not keep those of
 * another waiting.
 *
 * Each job names its share, and within a share those of a higher scheduling priority come first. Several queues may have the
 * same policy. It costs nothing (https://docs.aws.amazon.com/batch/latest/userguide/scheduling-policies.html).
 */
export class FairShareSchedulingPolicy extends Resource implements batch.ISchedulingPolicyRef {
  /** Refers to a scheduling policy that is defined elsewhere. */
  public static fromFairShareSchedulingPolicyArn(
    scope: Construct,
    id: string,
    schedulingPolicyArn: string,
  ): batch.ISchedulingPolicyRef {
    class Imported extends Resource implements batch.ISchedulingPolicyRef {
      public readonly schedulingPolicyRef = { schedulingPolicyArn };
    }
    return new Imported(scope, id, { environmentFromArn: schedulingPolicyArn });
  }

  /**
   * ARN of the scheduling policy.
   *
   * @attribute
   */
  public readonly schedulingPolicyArn: string;

  private readonly shares: FairShare[] = [];

  constructor(scope: Construct, id: string, props: FairShareSchedulingPolicyProps = {}) {
    super(scope, id);
    const { shares = [], shareDecay, computeReservation } = props;
    checkShares(this, shares);
    this.shares.push(...shares);
    checkShareDecay(this, shareDecay);
    checkRange(this, 'computeReservation', computeReservation, 0, 99, { check: 'queue-compute-reservation' });
    checkPhysicalName(this, 'schedulingPolicyName', props.schedulingPolicyName);

    const resource = new batch.CfnSchedulingPolicy(this, 'Resource', {
      name: props.schedulingPolicyName,
      // Never empty, as the CDK leaves out what is: that would be no policy at all.
      fairsharePolicy: {
        shareDistribution: Lazy.any({ produce: () => this.shares }, { omitEmptyArray: true }),
        shareDecaySeconds: shareDecay?.toSeconds() ?? 0,
        computeReservation: computeReservation ?? 0,
      },
    });
    ownTags(resource, props.tags);
    this.schedulingPolicyArn = resource.attrArn;
  }

  /** Adds a share that gets more or less than others; none may contain another. Changed in place. */
  public addShare(share: FairShare): void {
    checkShares(this, [...this.shares, share]);
    this.shares.push(share);
  }

  /** Reference that other libraries and the L1 constructs take. */
  public get schedulingPolicyRef(): batch.SchedulingPolicyReference {
    return { schedulingPolicyArn: this.schedulingPolicyArn };
  }
}
