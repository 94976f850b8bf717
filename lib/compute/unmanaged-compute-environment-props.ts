import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { ComputeOffer } from './compute-environment';
import type { ComputeEnvironmentProps } from './compute-environment-props';
import type { EcsSettingsProps } from './container-insights';

/** How AWS Batch sees instances that you start yourself. */
export interface UnmanagedComputeEnvironmentProps extends ComputeEnvironmentProps, EcsSettingsProps {
  /**
   * vCPUs that a fair-share policy reckons with when it reserves capacity; it limits nothing. Changed in place.
   *
   * @default - none: no capacity is reserved for shares here
   */
  readonly unmanagedvCpus?: number;

  /**
   * Processor architecture of the instances.
   *
   * @default - that of the instances in `offer`, or not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get on your instances.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}

/** What is known of an unmanaged compute environment that is defined elsewhere. */
export interface UnmanagedComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * Processor architecture of the instances.
   *
   * @default - that of the instances in `offer`, or not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
