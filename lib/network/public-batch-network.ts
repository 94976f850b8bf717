import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import type { BatchNetworkProps } from './batch-network-props';
import { networkVpc } from './network-vpc';

/**
 * Defines a network for batch jobs that has nothing to pay for when idle but a key: public subnets, where instances and
 * Fargate tasks have public addresses. Nothing gets in, as long as their security groups let nothing in, like those that compute environments
 * define; but no more than that is between the jobs and the internet.
 *
 * Compute environments and jobs need not be told: instances get their addresses from the subnets, and jobs on Fargate from
 * their definition. Instances with an `interconnect` of several network interfaces get none, and need another network.
 *
 * **Cost when idle**: none with an `encryptionKey`; without one, 1 USD a month for a key of its own. Each running instance
 * or Fargate task pays half a cent an hour for its public IPv4 address (https://aws.amazon.com/vpc/pricing/), and the flow
 * log is paid by GB (https://aws.amazon.com/cloudwatch/pricing/).
 */
export class PublicBatchNetwork extends Construct {
  /** The network. Jobs run in its public subnets: it has no others. */
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: BatchNetworkProps = {}) {
    super(scope, id);
    const { vpc } = networkVpc(this, props, {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: true }],
    });
    for (const subnet of vpc.publicSubnets)
      acknowledge(subnet, 'internet-route', 'VPCSubnetAutoAssignPublicIpDisabled');
    this.vpc = vpc;
  }
}
