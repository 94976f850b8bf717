import type { ComputeOffer } from './compute-environment';
import type { EcsSettingsProps } from './container-insights';
import type { ManagedComputeEnvironmentProps } from './managed-compute-environment-props';

/** How Fargate capacity is bought. */
export enum FargateCapacity {
  /** At full price, never taken away. */
  ON_DEMAND = 'FARGATE',
  /** Spare capacity, up to 70 % cheaper, that AWS takes back when it needs it: jobs must bear a retry. Not for Windows. */
  SPOT = 'FARGATE_SPOT',
}

/** How jobs run on AWS Fargate. */
export interface FargateComputeEnvironmentProps extends ManagedComputeEnvironmentProps, EcsSettingsProps {
  /**
   * How capacity is bought. Changed in place.
   *
   * @default FargateCapacity.ON_DEMAND
   */
  readonly capacity?: FargateCapacity;
}

/** What is known of a compute environment on Fargate that is defined elsewhere. */
export interface FargateComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
