import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { PlatformCapability } from '../contracts/platform-capability';
import { ENDPOINT_SERVICES } from './endpoint-services';
import { hasEndpoint } from './existing-endpoints';
import { letNetworkIn } from './let-network-in';

/** Which VPC endpoints there are, and who may use them. */
export interface BatchEndpointsProps {
  /** Network that gets the endpoints. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets that get a network interface for each endpoint, one for each availability zone.
   *
   * @default - all private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * What may call the endpoints, such as compute environments or a `ComputeSecurityGroup`.
   *
   * @default - everything in the network
   */
  readonly clients?: ec2.IConnectable[];

  /**
   * What jobs run on: decides which interface endpoints there are. Fargate needs 3, instances 6, nodes of Amazon EKS 3.
   *
   * @default - EC2 instances, ECS Managed Instances and Fargate
   */
  readonly platformCapabilities?: PlatformCapability[];

  /**
   * More services that jobs call, such as `ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER`.
   *
   * @default - only what jobs need to start
   */
  readonly services?: ec2.InterfaceVpcEndpointAwsService[];
}

/** All that ECS runs on: what instances need is all that Fargate needs, and more. */
const OF_ECS = [PlatformCapability.EC2];

/**
 * Defines the VPC endpoints that jobs need in subnets without a way to the internet, or that keep their traffic off the NAT
 * gateway: ECR, CloudWatch Logs and ECS as interface endpoints, and S3 as gateway endpoint, each unless this app gives the
 * network one already.
 *
 * **Cost when idle**: each interface endpoint costs about 7.30 USD a month for each availability zone in us-east-1
 * (https://aws.amazon.com/privatelink/pricing/); the gateway endpoint costs nothing.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
 */
export class BatchEndpoints extends Construct implements ec2.IConnectable {
  /** Who may call the endpoints. */
  public readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, props: BatchEndpointsProps) {
    super(scope, id);
    const { vpc, vpcSubnets: subnets } = props;
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'VPC endpoints of AWS Batch: HTTPS from the jobs',
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({ securityGroups: [group], defaultPort: ec2.Port.HTTPS });
    if (props.clients === undefined) letNetworkIn(this.connections, group, vpc);
    for (const client of props.clients ?? []) this.connections.allowDefaultPortFrom(client, 'Jobs');

    const needed = (props.platformCapabilities ?? OF_ECS).flatMap((one) => Object.entries(ENDPOINT_SERVICES[one]));
    const more = (props.services ?? []).map((service) => [service.shortName, service] as const);
    for (const [name, service] of [...needed, ...more]) {
      // Two endpoints of a service would have one name in the network.
      if (hasEndpoint(vpc, service.shortName)) continue;
      new ec2.InterfaceVpcEndpoint(this, name, { vpc, service, subnets, securityGroups: [group], open: false });
    }
    // A route table takes one gateway endpoint for S3 only.
    if (hasEndpoint(vpc, 's3')) return;
    new ec2.GatewayVpcEndpoint(this, 'S3', {
      vpc,
      service: ec2.GatewayVpcEndpointAwsService.S3,
      subnets: subnets && [subnets],
    });
  }
}
