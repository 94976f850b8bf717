import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What a compute environment runs jobs on. */
export enum PlatformCapability {
  /** EC2 instances, on-demand or Spot. */
  EC2 = 'EC2',
  /** AWS Fargate, without instances. */
  FARGATE = 'FARGATE',
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
}
