import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What all managed compute environments have in common: where on the network jobs run, and how many at once. */
export interface ManagedComputeEnvironmentProps {
  /** Network that jobs run in. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets that jobs run in.
   *
   * Isolated subnets need VPC endpoints for all that AWS Batch and the jobs call
   * (https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html); public ones need public addresses.
   * Without either no instance ever joins, and jobs wait forever.
   *
   * @default - all private subnets that reach the internet
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of what jobs run on, 1 to 5.
   *
   * @default - a new `ComputeSecurityGroup`: HTTPS out, nothing in
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Most vCPUs in use at the same time: the limit of what this compute environment can cost.
   *
   * On EC2, AWS Batch may go above it by one instance. The vCPU quotas of the account hold as well; that of Fargate is
   * small in new accounts (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html).
   *
   * @default 256
   */
  readonly maxvCpus?: number;
}
