import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { hasEndpoint } from './existing-endpoints';
import { INSTANCE_ENDPOINTS, TASK_ENDPOINTS } from './endpoint-services';

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
   * More services that jobs call, such as `ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER`.
   *
   * @default - only what AWS Batch on ECS and Fargate needs
   */
  readonly services?: ec2.InterfaceVpcEndpointAwsService[];
}

/**
 * Defines the VPC endpoints that jobs on EC2 and Fargate need in subnets without a way to the internet, or that keep their
 * traffic off the NAT gateway: ECS, ECR and CloudWatch Logs as interface endpoints, and S3 as gateway endpoint
 * unless the network has one.
 *
 * **Cost when idle**: each of the six interface endpoints, and each one of `services`, costs about 7 USD a month for each
 * availability zone in us-east-1 (https://aws.amazon.com/privatelink/pricing/).
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
    for (const client of props.clients ?? []) this.connections.allowDefaultPortFrom(client, 'Jobs');

    const more = (props.services ?? []).map((service) => [service.shortName, service] as const);
    for (const [name, service] of [...Object.entries({ ...TASK_ENDPOINTS, ...INSTANCE_ENDPOINTS }), ...more]) {
      // Open to the whole network unless it is said who may call.
      const open = props.clients === undefined;
      new ec2.InterfaceVpcEndpoint(this, name, { vpc, service, subnets, securityGroups: [group], open });
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
