import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { BatchJob, BatchPlatform, PublicBatchNetwork } from '../../lib';
import { newStack, templateOf } from '../support/stack';
import { warningsOf } from '../support/warnings';

describe('a public network', () => {
  const stack = newStack();
  const { vpc } = new PublicBatchNetwork(stack, 'Network');
  const template = templateOf((other) => new PublicBatchNetwork(other, 'Network'));

  test('has public subnets only', () => {
    expect([vpc.publicSubnets.length, vpc.privateSubnets.length, vpc.isolatedSubnets.length]).toEqual([2, 0, 0]);
  });

  test('costs nothing when idle but its key: no NAT gateway, no address, no interface endpoint', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::EIP', 0);
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  });

  test('gives instances public addresses', () => {
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: true });
  });
});

describe('a platform in a public network', () => {
  const stack = newStack();
  const { vpc } = new PublicBatchNetwork(stack, 'Network');
  const platform = new BatchPlatform(stack, 'Platform', { vpc });
  const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox');
  new BatchJob(stack, 'OnFargate', { image, queue: platform.queue('fargate') });
  new BatchJob(stack, 'OnInstances', { image, queue: platform.queue('urgent') });
  const template = Template.fromStack(stack);

  test('has all its compute environments in the public subnets', () => {
    const Subnets: unknown = stack.resolve(vpc.publicSubnets.map(({ subnetId }) => subnetId));
    template.allResourcesProperties('AWS::Batch::ComputeEnvironment', { ComputeResources: { Subnets } });
  });

  test('gives its jobs on Fargate public addresses, and needs not say so for instances', () => {
    template.hasResourceProperties('AWS::Batch::JobDefinition', {
      PlatformCapabilities: ['FARGATE'],
      ContainerProperties: { NetworkConfiguration: { AssignPublicIp: 'ENABLED' } },
    });
    template.hasResourceProperties('AWS::Batch::JobDefinition', {
      PlatformCapabilities: ['EC2'],
      ContainerProperties: { NetworkConfiguration: Match.absent() },
    });
  });

  test('lets nothing in', () => {
    template.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('is not warned of', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});
