import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { PlatformCapability } from '../contracts/platform-capability';
import { BatchEndpoints } from './batch-endpoints';
import type { BatchNetworkProps } from './batch-network-props';
import { keepInAccount, letImagesIn } from './gateway-policies';
import { networkVpc } from './network-vpc';

/** What a network without a way to the internet can be told. */
export interface IsolatedBatchNetworkProps extends BatchNetworkProps {
  /**
   * What jobs run on: decides which interface endpoints there are. Fargate needs 3, instances 6.
   *
   * @default - EC2 instances, ECS Managed Instances and Fargate
   */
  readonly platformCapabilities?: PlatformCapability[];

  /**
   * More services that jobs call, such as `ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER` for jobs with `secrets`.
   *
   * @default - only what jobs need to start
   */
  readonly services?: ec2.InterfaceVpcEndpointAwsService[];
}

/**
 * Defines a network for batch jobs without a way to the internet, in or out: isolated subnets, and the VPC endpoints that
 * jobs start through, write their log to, and reach S3 and DynamoDB by.
 *
 * Images come from Amazon ECR of the same Region. A pull-through rule has those of other registries there as well, once each
 * was pulled from a network with a way out (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html).
 *
 * The endpoints of S3 and DynamoDB let principals of this account at buckets and tables of this account, and at nothing
 * else: `s3Endpoint.addToPolicy()` admits more.
 *
 * Security groups let HTTPS out to any address, as always: the addresses of S3 and DynamoDB are in lists that CloudFormation
 * cannot look up. Where it leads to is up to routes and policies of endpoints, and there are no others.
 *
 * **Cost when idle**: each interface endpoint costs about 7.30 USD a month for each availability zone in us-east-1
 * (https://aws.amazon.com/privatelink/pricing/): for instances about 88 USD in two zones and 131 USD in three, for Fargate
 * only 44 USD and 66 USD. Gateway endpoints cost nothing; the flow log is paid by GB
 * (https://aws.amazon.com/cloudwatch/pricing/). Without an `encryptionKey`, its own key costs 1 USD a month.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html
 */
export class IsolatedBatchNetwork extends Construct {
  /** The network. Jobs run in its isolated subnets: it has no others. */
  public readonly vpc: ec2.IVpc;

  /** Interface endpoints, which are open to the network. */
  public readonly endpoints: BatchEndpoints;

  /** Gateway endpoint of S3, whose policy admits buckets of this account and the images of Amazon ECR. */
  public readonly s3Endpoint: ec2.GatewayVpcEndpoint;

  /** Gateway endpoint of DynamoDB, whose policy admits tables of this account. */
  public readonly dynamoDbEndpoint: ec2.GatewayVpcEndpoint;

  constructor(scope: Construct, id: string, props: IsolatedBatchNetworkProps = {}) {
    super(scope, id);
    const { vpc, s3, dynamoDb } = networkVpc(this, props, {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    keepInAccount(s3, 's3:*');
    letImagesIn(s3);
    keepInAccount(dynamoDb, 'dynamodb:*');

    this.vpc = vpc;
    this.s3Endpoint = s3;
    this.dynamoDbEndpoint = dynamoDb;
    this.endpoints = new BatchEndpoints(this, 'Endpoints', {
      vpc,
      platformCapabilities: props.platformCapabilities,
      services: props.services,
    });
  }
}
