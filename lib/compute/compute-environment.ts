import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { InstanceSelection } from './instances/instance-selection';

/** What a compute environment runs jobs on: decides which job definitions fit. */
export enum PlatformCapability {
  /** Amazon ECS on EC2 instances, on-demand or Spot. */
  EC2 = 'EC2',
  /** AWS Fargate, without instances. */
  FARGATE = 'FARGATE',
  /** Amazon ECS Managed Instances: EC2 instances that Amazon ECS chooses, patches and replaces. */
  MANAGED_INSTANCES = 'MANAGED_INSTANCES',
  /** Pods of an Amazon EKS cluster, on EC2 instances. */
  EKS = 'EKS',
}

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
