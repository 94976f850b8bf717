/** How AWS Batch chooses between the on-demand instance types that can run the waiting jobs. */
export enum OnDemandAllocationStrategy {
  /** The cheapest type per vCPU that fits, then the next. */
  BEST_FIT_PROGRESSIVE = 'BEST_FIT_PROGRESSIVE',
  /**
   * The types in the order in which they are listed; sizes of a family as by `BEST_FIT_PROGRESSIVE`. Large types first
   * cost too much for small jobs, small ones first may reach limits of EC2 before `maxvCpus`.
   */
  BEST_FIT_PROGRESSIVE_ORDERED = 'BEST_FIT_PROGRESSIVE_ORDERED',
  /**
   * The one cheapest type that fits: jobs wait until there is capacity for it. AWS Batch cannot replace the instances of
   * such a compute environment in place (warning `compute-best-fit`).
   */
  BEST_FIT = 'BEST_FIT',
}

/** How AWS Batch chooses between the Spot pools that can run the waiting jobs; `BEST_FIT` does not go with Spot. */
export enum SpotAllocationStrategy {
  /** The pools that are least likely to be interrupted, whatever they cost. */
  SPOT_CAPACITY_OPTIMIZED = 'SPOT_CAPACITY_OPTIMIZED',
  /** The cheapest of the pools that are unlikely to be interrupted: AWS recommends it for most jobs. */
  SPOT_PRICE_CAPACITY_OPTIMIZED = 'SPOT_PRICE_CAPACITY_OPTIMIZED',
  /** The pools that are least likely to be interrupted; among equals, in the order in which the types are listed. */
  SPOT_CAPACITY_OPTIMIZED_PRIORITIZED = 'SPOT_CAPACITY_OPTIMIZED_PRIORITIZED',
}

/** What Spot instances may cost. */
export interface SpotOptions {
  /**
   * Highest price of an instance, as a percentage of its on-demand price, 1 to 100. The market price is paid in any case;
   * a lower limit only makes jobs wait longer and be interrupted more often.
   *
   * @default - the on-demand price, as AWS recommends
   */
  readonly maxPricePercentage?: number;
}

/**
 * How EC2 instances are bought: on-demand or Spot, each with an allocation strategy that goes with it. Changed in place.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/allocation-strategies.html
 */
export class Ec2Capacity {
  /**
   * Instances at full price, never taken away.
   *
   * @param strategy How to choose between types; by default the cheapest per vCPU that fits, then the next.
   */
  public static onDemand(
    strategy: OnDemandAllocationStrategy = OnDemandAllocationStrategy.BEST_FIT_PROGRESSIVE,
  ): Ec2Capacity {
    return new Ec2Capacity('EC2', strategy);
  }

  /**
   * Spare instances, up to 90 % cheaper, that AWS takes back when it needs them: jobs must bear a retry.
   *
   * @param strategy How to choose between pools; by default those least likely to be interrupted.
   * @param options What they may cost.
   */
  public static spot(
    strategy: SpotAllocationStrategy = SpotAllocationStrategy.SPOT_CAPACITY_OPTIMIZED,
    options: SpotOptions = {},
  ): Ec2Capacity {
    return new Ec2Capacity('SPOT', strategy, options.maxPricePercentage);
  }

  private constructor(
    /** Type of the compute resources, as AWS Batch names it. */
    public readonly resourceType: string,
    /** Allocation strategy, as AWS Batch names it. */
    public readonly allocationStrategy: string,
    /**
     * Highest price of a Spot instance, as a percentage of its on-demand price.
     *
     * @default - the on-demand price
     */
    public readonly maxPricePercentage?: number,
  ) {}

  /** Whether AWS takes the instances back when it needs them. */
  public get isSpot(): boolean {
    return this.resourceType === 'SPOT';
  }
}
