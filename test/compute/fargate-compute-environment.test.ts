import { Match } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import {
  BatchNetwork,
  ContainerInsights,
  FargateCapacity,
  FargateComputeEnvironment,
  PlatformCapability,
} from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

describe('a compute environment on Fargate', () => {
  const template = templateOf((stack) => {
    new FargateComputeEnvironment(stack, 'Environment', { vpc: new BatchNetwork(stack, 'Network').vpc });
  });

  test('has what Fargate takes, and nothing that would make its updates fail', () => {
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      Type: 'MANAGED',
      State: 'ENABLED',
      ReplaceComputeEnvironment: Match.absent(),
      UpdatePolicy: Match.absent(),
      ComputeEnvironmentName: Match.absent(),
      ComputeResources: {
        Type: 'FARGATE',
        MaxvCpus: 256,
        MinvCpus: Match.absent(),
        AllocationStrategy: Match.absent(),
        InstanceTypes: Match.absent(),
        LaunchTemplate: Match.absent(),
        UpdateToLatestImageVersion: Match.absent(),
      },
    });
  });

  test('goes before its routes', () => {
    const [resource] = Object.values(template.findResources('AWS::Batch::ComputeEnvironment'));
    expect(resource.DependsOn).toContainEqual(expect.stringMatching(/^NetworkVpcPrivateSubnet1DefaultRoute/));
  });

  test('lets nothing in', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });
});

test('runs on spare capacity when told so', () => {
  const template = templateOf((stack) => {
    new FargateComputeEnvironment(stack, 'Environment', { vpc: importedVpc(stack), capacity: FargateCapacity.SPOT });
  });
  template.hasResourceProperties('AWS::Batch::ComputeEnvironment', { ComputeResources: { Type: 'FARGATE_SPOT' } });
});

test('may show what its cluster does, stand still, and have a service role', () => {
  const template = templateOf((stack) => {
    const serviceRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('batch.amazonaws.com') });
    const containerInsights = ContainerInsights.ENABLED;
    const vpc = importedVpc(stack);
    new FargateComputeEnvironment(stack, 'Environment', { vpc, serviceRole, containerInsights, enabled: false });
  });
  template.hasResource('AWS::Batch::ComputeEnvironment', {
    Properties: {
      State: 'DISABLED',
      EcsSettings: { ContainerInsights: 'ENABLED' },
      ServiceRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Role'), 'Arn'] },
    },
    DependsOn: [Match.stringLikeRegexp('^Role')],
  });
});

test('an imported one offers what it is told', () => {
  const offer = { maxvCpus: 64, spot: true };
  const imported = FargateComputeEnvironment.fromFargateComputeEnvironmentAttributes(newStack(), 'Other', {
    computeEnvironmentArn: 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other',
    offer,
  });
  expect(imported.offer).toBe(offer);
});

test('refuses a limit of no vCPU', () => {
  const stack = newStack();
  expect(() => new FargateComputeEnvironment(stack, 'F', { vpc: importedVpc(stack), maxvCpus: 0 })).toThrow(
    `'maxvCpus' must be a whole number of at least 1, got 0 (in Stack/F)`,
  );
});

test.each([
  [16, true],
  [17, false],
])('%d subnets: %s', (count, fits) => {
  const stack = newStack();
  const subnets = Array.from({ length: count }, (_, index) =>
    ec2.Subnet.fromSubnetId(stack, `Subnet${index}`, `subnet-${String(index).padStart(17, '0')}`),
  );
  const define = () => new FargateComputeEnvironment(stack, 'F', { vpc: importedVpc(stack), vpcSubnets: { subnets } });
  if (fits) expect(define).not.toThrow();
  else expect(define).toThrow(`'vpcSubnets' must select at most 16 subnets on Fargate, got 17 (in Stack/F)`);
});

test('the L1 is its default child; what is not known of an imported one is not invented', () => {
  const stack = newStack();
  const own = new FargateComputeEnvironment(stack, 'F', { vpc: importedVpc(stack) });
  expect(own.node.defaultChild).toBeInstanceOf(batch.CfnComputeEnvironment);
  expect(own.architecture).toBeUndefined();

  const computeEnvironmentArn = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other';
  const imported = FargateComputeEnvironment.fromFargateComputeEnvironmentArn(stack, 'Other', computeEnvironmentArn);
  expect(imported.platformCapability).toBe(PlatformCapability.FARGATE);
  expect(imported.computeEnvironmentRef).toEqual({ computeEnvironmentArn });
  expect(imported).not.toHaveProperty('connections');
});
