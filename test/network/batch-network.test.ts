import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { BatchNetwork } from '../../lib';
import { newStack, templateOf } from '../support/stack';

describe('a network', () => {
  const template = templateOf((stack) => new BatchNetwork(stack, 'Network'));

  test('has private subnets in two zones, although the region is not known', () => {
    template.resourcePropertiesCountIs(
      'AWS::EC2::Subnet',
      { Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-type', Value: 'Private' }]) },
      2,
    );
  });

  test('reaches the internet through one NAT gateway', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    template.resourcePropertiesCountIs('AWS::EC2::Route', { NatGatewayId: Match.anyValue() }, 2);
  });

  test('gives no machine a public address', () => {
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test.each(['s3', 'dynamodb'])('reaches %s without the NAT gateway', (service) => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      ServiceName: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([`.${service}`])] }),
    });
  });

  test('needs no custom resource', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

test('a network in a known region spreads over three zones', () => {
  const stack = newStack({ env: { account: '123456789012', region: 'us-east-1' } });
  expect(new BatchNetwork(stack, 'Network').vpc.privateSubnets).toHaveLength(3);
});

test('a network takes another address range', () => {
  const template = templateOf(
    (stack) => new BatchNetwork(stack, 'Network', { ipAddresses: ec2.IpAddresses.cidr('10.8.0.0/16') }),
  );
  template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.8.0.0/16' });
});

test.each([1, 4, 2.5])('refuses %d zones', (maxAzs) => {
  expect(() => new BatchNetwork(newStack(), 'Network', { maxAzs })).toThrow(
    `'maxAzs' must be a whole number from 2 to 3, got ${maxAzs} (in Stack/Network)`,
  );
});

test('two zones are enough', () => {
  const stack = newStack({ env: { account: '123456789012', region: 'us-east-1' } });
  expect(new BatchNetwork(stack, 'Network', { maxAzs: 2 }).vpc.privateSubnets).toHaveLength(2);
});
