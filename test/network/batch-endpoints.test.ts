import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { BatchEndpoints, BatchNetwork, ComputeSecurityGroup } from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

const service = (name: string): unknown => ({ 'Fn::Join': ['', Match.arrayWith([`.${name}`])] });

describe('endpoints of AWS Batch', () => {
  const template = templateOf((stack) => {
    const vpc = importedVpc(stack);
    new BatchEndpoints(stack, 'Endpoints', {
      vpc,
      clients: [new ComputeSecurityGroup(stack, 'Jobs', { vpc })],
      services: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
    });
  });

  test.each(['ecr.api', 'ecr.dkr', 'logs', 'ecs', 'ecs-agent', 'ecs-telemetry', 'secretsmanager'])(
    'reach %s by its own name from all private subnets',
    (name) => {
      template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        ServiceName: service(name),
        SubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
      });
    },
  );

  test('let the layers of images come from S3 free of charge', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      ServiceName: service('s3'),
      RouteTableIds: ['rtb-00000000000000001', 'rtb-00000000000000002'],
    });
  });

  test('are open to the named clients, on HTTPS, and to nobody else', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443 });
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.anyValue() }, 0);
  });
});

test.each([
  ['this app', (stack: Stack) => new BatchNetwork(stack, 'Network').vpc, '10.0.0.0/16'],
  [
    'another app',
    (stack: Stack) =>
      ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-0123456789abcdef0',
        vpcCidrBlock: '10.8.0.0/16',
        availabilityZones: ['us-east-1a'],
        privateSubnetIds: ['subnet-00000000000000001'],
        privateSubnetRouteTableIds: ['rtb-00000000000000001'],
      }),
    '10.8.0.0/16',
  ],
])('without named clients, the endpoints are open to the network of %s, and to nothing else', (_, network, CidrIp) => {
  const stack = newStack();
  new BatchEndpoints(stack, 'Endpoints', { vpc: network(stack) });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: Match.stringLikeRegexp('VPC endpoints'),
    SecurityGroupIngress: [Match.objectLike({ CidrIp, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
  });
});

test('a network that has an endpoint for a service gets no second one, whoever asks for it', () => {
  const stack = newStack();
  const { vpc } = new BatchNetwork(stack, 'Network');
  const { SECRETS_MANAGER, CLOUDWATCH_LOGS } = ec2.InterfaceVpcEndpointAwsService;
  vpc.addInterfaceEndpoint('Secrets', { service: SECRETS_MANAGER });
  new BatchEndpoints(stack, 'Endpoints', { vpc, services: [SECRETS_MANAGER, CLOUDWATCH_LOGS] });
  const template = Template.fromStack(stack);
  for (const name of ['secretsmanager', 'logs']) {
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { ServiceName: service(name) }, 1);
  }
});

test('a network that has an endpoint for S3 gets no second one', () => {
  const stack = newStack();
  const { vpc } = new BatchNetwork(stack, 'Network');
  new BatchEndpoints(stack, 'Endpoints', { vpc });
  const found = Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint', {
    Properties: { ServiceName: service('s3') },
  });
  expect(Object.keys(found)).toHaveLength(1);
});
