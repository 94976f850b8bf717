import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';

/** What all networks for batch jobs can be told. */
export interface BatchNetworkProps {
  /**
   * Address range of the network.
   *
   * The subnets that jobs run in share nearly all of it: 16,000 instances or Fargate tasks in each with the default.
   *
   * @default - 10.0.0.0/16
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * Most availability zones to spread over, 2 or 3; more zones give Spot more capacity to choose from.
   *
   * A stack without an explicit region knows of 2 zones only.
   *
   * @default 3
   */
  readonly maxAzs?: number;

  /**
   * Key that encrypts the flow log. A key of this app is given the statements that CloudWatch Logs needs; an imported one
   * must have them. Give it the key of the platform that runs there, and there is one key for everything.
   *
   * @default - a new key of this network, rotated each year and deleted with the network (1 USD a month, one more after each
   * of two rotations)
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long the flow log is kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}
