import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { BatchNetworkProps } from './batch-network-props';
import { networkVpc } from './network-vpc';

/**
 * Defines a network for batch jobs: private subnets that reach the internet through one NAT gateway.
 *
 * S3 and DynamoDB are reached through gateway endpoints: free of charge, and without the NAT gateway's cost per GB.
 *
 * **Cost when idle**: one NAT gateway and its public IPv4 address, about 37 USD a month in us-east-1
 * (https://aws.amazon.com/vpc/pricing/). One serves all zones: should its zone fail, jobs in the others lose the internet
 * as well. Give the platform a `vpc` of your own for one gateway per zone. The flow log is paid by GB
 * (https://aws.amazon.com/cloudwatch/pricing/). Without an `encryptionKey`, its own key costs 1 USD a month.
 */
export class BatchNetwork extends Construct {
  /** The network. Jobs run in its private subnets. */
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: BatchNetworkProps = {}) {
    super(scope, id);
    const { vpc } = networkVpc(this, props, {
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    this.vpc = vpc;
  }
}
