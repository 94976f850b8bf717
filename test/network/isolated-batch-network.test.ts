import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import {
  BatchPlatform,
  FargateComputeEnvironment,
  IsolatedBatchNetwork,
  type IsolatedBatchNetworkProps,
  PlatformCapability,
} from '../../lib';
import { newStack, templateOf } from '../support/stack';
import { warningsOf } from '../support/warnings';

const isolated = (props?: IsolatedBatchNetworkProps): Template =>
  templateOf((stack) => new IsolatedBatchNetwork(stack, 'Network', props));

/** The services of interface endpoints, by their last words. */
const interfacesOf = (template: Template): string[] => {
  const found = template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } });
  const services = Object.values(found).map(
    (endpoint) => /\.([a-z0-9.-]+)"\]/.exec(JSON.stringify(endpoint))?.[1] ?? '',
  );
  return services.sort((one, other) => one.localeCompare(other));
};

describe('an isolated network', () => {
  const template = isolated();

  test('has no way to the internet', () => {
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::Route', 0);
  });

  test('has the endpoints of ECS, of its images and of its logs', () => {
    expect(interfacesOf(template)).toEqual(['ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry', 'logs']);
  });

  test('admits nothing but HTTPS from within to its endpoints', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        { CidrIp: '10.0.0.0/16', Description: 'The network', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
      ],
    });
  });

  test('admits its whole address range when that is known at deploy time only', () => {
    const ipAddresses = ec2.IpAddresses.awsIpamAllocation({
      ipv4IpamPoolId: 'ipam-pool-0123456789abcdef0',
      ipv4NetmaskLength: 16,
      defaultSubnetIpv4NetmaskLength: 20,
    });
    isolated({ ipAddresses }).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({ FromPort: 443, ToPort: 443, CidrIp: { 'Fn::GetAtt': [Match.anyValue(), 'CidrBlock'] } }),
      ],
    });
  });

  test.each<[string, IsolatedBatchNetworkProps, string[]]>([
    ['Fargate only', { platformCapabilities: [PlatformCapability.FARGATE] }, ['ecr.api', 'ecr.dkr', 'logs']],
    ['nodes of Amazon EKS only', { platformCapabilities: [PlatformCapability.EKS] }, ['ec2', 'ecr.api', 'ecr.dkr']],
    [
      'pods and tasks',
      { platformCapabilities: [PlatformCapability.EKS, PlatformCapability.FARGATE] },
      ['ec2', 'ecr.api', 'ecr.dkr', 'logs'],
    ],
    [
      'jobs with secrets on Fargate',
      {
        platformCapabilities: [PlatformCapability.FARGATE],
        services: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
      },
      ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'],
    ],
  ])('has no other endpoints than it needs for %s', (_, props, expected) => {
    expect(interfacesOf(isolated(props))).toEqual(expected);
  });
});

describe('the gateway endpoints of an isolated network', () => {
  const own = { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } };
  const endpoint = (template: Template, service: string, ...more: unknown[]): void => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      ServiceName: { 'Fn::Join': ['', Match.arrayWith([`.${service}`])] },
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: `${service}:*`, Condition: { StringEquals: own } }), ...more],
      },
    });
  };

  test('lead to tables of this account only', () => {
    endpoint(isolated(), 'dynamodb');
  });

  test('lead to buckets of this account, and to those of AWS with images and packages for reading', () => {
    endpoint(isolated(), 's3', {
      Sid: 'ImagesAndPackages',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: 's3:GetObject',
      Resource: [
        Match.objectLike({ 'Fn::Join': ['', Match.arrayWith(['-de612dc2/*'])] }),
        Match.objectLike({ 'Fn::Join': ['', Match.arrayWith(['-starport-layer-bucket/*'])] }),
      ],
    });
  });

  test('lead further when told so', () => {
    const template = templateOf((stack) => {
      const { s3Endpoint, dynamoDbEndpoint } = new IsolatedBatchNetwork(stack, 'Network');
      const open = { principals: [new iam.AnyPrincipal()], resources: ['*'] };
      s3Endpoint.addToPolicy(new iam.PolicyStatement({ ...open, actions: ['s3:GetObject'] }));
      dynamoDbEndpoint.addToPolicy(new iam.PolicyStatement({ ...open, actions: ['dynamodb:GetItem'] }));
    });
    endpoint(template, 's3', Match.anyValue(), Match.objectLike({ Action: 's3:GetObject', Resource: '*' }));
    endpoint(template, 'dynamodb', Match.objectLike({ Action: 'dynamodb:GetItem' }));
  });
});

describe('compute in an isolated network', () => {
  test('is in its subnets, and misses no endpoint', () => {
    const stack = newStack();
    const { vpc } = new IsolatedBatchNetwork(stack, 'Network');
    new BatchPlatform(stack, 'Platform', { vpc });
    const Subnets: unknown = stack.resolve(vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
    Template.fromStack(stack).allResourcesProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Subnets },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('on Fargate is content with the endpoints of Fargate, other compute is not', () => {
    const stack = newStack();
    const { vpc } = new IsolatedBatchNetwork(stack, 'Network', { platformCapabilities: [PlatformCapability.FARGATE] });
    new FargateComputeEnvironment(stack, 'Fargate', { vpc });
    Template.fromStack(stack);
    expect(warningsOf(stack)).toEqual([]);
    const other = newStack();
    const network = new IsolatedBatchNetwork(other, 'Network', { platformCapabilities: [PlatformCapability.FARGATE] });
    new BatchPlatform(other, 'Platform', { vpc: network.vpc });
    Template.fromStack(other);
    expect(
      warningsOf(other).filter((text) => text.includes('has none for ecs, ecs-agent, ecs-telemetry:')),
    ).toHaveLength(2);
  });
});
