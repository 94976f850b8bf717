/** How AWS Batch chooses between the Spot pools that can run the waiting jobs. */
export enum SpotAllocationStrategy {
  /** The pools that are least likely to be interrupted, whatever they cost. */
  SPOT_CAPACITY_OPTIMIZED = 'SPOT_CAPACITY_OPTIMIZED',
  /** The cheapest of the pools that are unlikely to be interrupted: AWS recommends it for most jobs. */
  SPOT_PRICE_CAPACITY_OPTIMIZED = 'SPOT_PRICE_CAPACITY_OPTIMIZED',
}

/** How EC2 instances are bought: on-demand or Spot, each with an allocation strategy that goes with it. */
export class Ec2Capacity {
  /**
   * Instances at full price, never taken away (`BEST_FIT_PROGRESSIVE`): the cheapest type per vCPU that fits, then the
   * next.
   */
  public static onDemand(): Ec2Capacity {
    return new Ec2Capacity('EC2', 'BEST_FIT_PROGRESSIVE');
  }

  /**
   * Spare instances, up to 90 % cheaper, that AWS takes back when it needs them: jobs must bear a retry.
   *
   * @param strategy How to choose between pools; by default those least likely to be interrupted.
   */
  public static spot(strategy: SpotAllocationStrategy = SpotAllocationStrategy.SPOT_CAPACITY_OPTIMIZED): Ec2Capacity {
    return new Ec2Capacity('SPOT', strategy);
  }

  private constructor(
    /** Type of the compute resources, as AWS Batch names it. */
    public readonly resourceType: string,
    /** Allocation strategy, as AWS Batch names it. */
    public readonly allocationStrategy: string,
  ) {}
}
