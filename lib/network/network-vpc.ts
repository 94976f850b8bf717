import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { checkRange } from '../private/check';
import { DataKey } from '../storage/data-key';
import type { BatchNetworkProps } from './batch-network-props';
import { flowLog } from './flow-log';

/** A network, and its gateway endpoints. @internal */
export interface NetworkVpc {
  readonly vpc: ec2.Vpc;
  readonly s3: ec2.GatewayVpcEndpoint;
  readonly dynamoDb: ec2.GatewayVpcEndpoint;
}

/** Defines what all networks for batch jobs have: subnets in several zones, gateway endpoints, a flow log. @internal */
export function networkVpc(
  scope: Construct,
  props: BatchNetworkProps,
  layout: Pick<ec2.VpcProps, 'natGateways' | 'subnetConfiguration'>,
): NetworkVpc {
  checkRange(scope, 'maxAzs', props.maxAzs, 2, 3);
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: props.ipAddresses ?? ec2.IpAddresses.cidr('10.0.0.0/16'),
    maxAzs: props.maxAzs ?? 3,
    ...layout,
    // Emptying the default security group takes a custom resource; nothing here uses that group.
    restrictDefaultSecurityGroup: false,
  });
  acknowledge(vpc, 'default-security-group');
  for (const subnet of vpc.publicSubnets) acknowledge(subnet, 'internet-route', 'VPCNoUnrestrictedRouteToIGW');
  const { S3, DYNAMODB } = ec2.GatewayVpcEndpointAwsService;
  const s3 = vpc.addGatewayEndpoint('S3', { service: S3 });
  const dynamoDb = vpc.addGatewayEndpoint('DynamoDB', { service: DYNAMODB });
  // Nothing is left to decrypt when the network is deleted: the flow log goes with it.
  const encryptionKey = props.encryptionKey ?? new DataKey(scope, 'Key', { removalPolicy: RemovalPolicy.DESTROY });
  flowLog(scope, vpc, { encryptionKey, logRetention: props.logRetention });
  return { vpc, s3, dynamoDb };
}
