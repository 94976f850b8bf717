import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { checkRange } from '../private/check';

/** How a network for batch jobs is laid out. */
export interface BatchNetworkProps {
  /**
   * Address range of the network.
   *
   * Each private subnet gets about a quarter of it: 16,000 instances or Fargate tasks with the default.
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
}

/**
 * Defines a network for batch jobs: private subnets that reach the internet through one NAT gateway.
 *
 * S3 and DynamoDB are reached through gateway endpoints: free of charge, and without the NAT gateway's cost per GB.
 *
 * **Cost when idle**: one NAT gateway and its public IPv4 address, about 37 USD a month in us-east-1
 * (https://aws.amazon.com/vpc/pricing/). One serves all zones: should its zone fail, jobs in the others lose the internet
 * as well. Give the platform a `vpc` of your own for one gateway per zone, or for none.
 */
export class BatchNetwork extends Construct {
  /** The network. */
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, props: BatchNetworkProps = {}) {
    super(scope, id);
    checkRange(this, 'maxAzs', props.maxAzs, 2, 3);

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: props.ipAddresses ?? ec2.IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: props.maxAzs ?? 3,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDB: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
      // Emptying the default security group takes a custom resource; nothing here uses that group.
      restrictDefaultSecurityGroup: false,
    });
  }
}
