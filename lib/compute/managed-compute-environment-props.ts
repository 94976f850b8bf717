import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { ComputeEnvironmentProps } from './compute-environment-props';

/** What all managed compute environments have in common: where on the network jobs run, and how many at once. */
export interface ManagedComputeEnvironmentProps extends ComputeEnvironmentProps {
  /** Network that jobs run in. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets that jobs run in, in two availability zones or more (warning `compute-single-zone`). Changed in place.
   *
   * Isolated subnets need VPC endpoints for all that AWS Batch and the jobs call, such as those of `BatchEndpoints`
   * (warning `compute-endpoints`); public ones need to give public addresses (warning `compute-public-addresses`). Without
   * either no instance ever joins, and jobs wait forever
   * (https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html).
   *
   * @default - all private subnets that reach the internet; if a network of this app has none, its isolated ones, and if
   * it has none of those either, its public ones. With an `interconnect` the first of them, as instances that are close to
   * each other are in one zone
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of what jobs run on, 1 to 5. Changed in place.
   *
   * @default - a new `ComputeSecurityGroup`: HTTPS out, nothing in; on Amazon EKS those of the cluster
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Most vCPUs in use at the same time: the limit of what this compute environment can cost. Changed in place.
   *
   * On EC2, AWS Batch may go above it by one instance. The vCPU quotas of the account hold as well; that of Fargate is
   * small in new accounts (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html).
   *
   * @default 256
   */
  readonly maxvCpus?: number;
}
