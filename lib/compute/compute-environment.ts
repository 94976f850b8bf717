import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PlatformCapability } from '../contracts/platform-capability';
import type { InstanceSelection } from './instances/instance-selection';

export { PlatformCapability };

/** What jobs can get in a compute environment, as far as it is known. */
export interface ComputeOffer {
  /**
   * Most vCPUs in use at the same time.
   *
   * @default - not known, or without limit
   */
  readonly maxvCpus?: number;

  /**
   * Instance types that it chooses from.
   *
   * @default - not known, or there are no instances as on Fargate
   */
  readonly instances?: InstanceSelection;

  /**
   * Whether its capacity is Spot, which AWS takes back when it needs it.
   *
   * @default - not known
   */
  readonly spot?: boolean;

  /**
   * Whether it is in public subnets, where a job on Fargate reaches nothing without a public address of its own.
   *
   * @default - not known, or it is not
   */
  readonly publicSubnets?: boolean;

  /**
   * Whether it is in subnets without a way to the internet, where images come from Amazon ECR of the same Region only.
   *
   * @default - not known, or it is not
   */
  readonly isolatedSubnets?: boolean;
}

/** A compute environment of which it is known what it runs jobs on. */
export interface IComputeEnvironment extends batch.IComputeEnvironmentRef {
  /**
   * ARN of the compute environment.
   *
   * @attribute
   */
  readonly computeEnvironmentArn: string;

  /** What jobs run on: decides which job definitions fit. */
  readonly platformCapability: PlatformCapability;

  /**
   * Processor architecture of the instances.
   *
   * @default - not known, or up to each job as on Fargate
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get here: jobs that never fit are refused before they are deployed.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
