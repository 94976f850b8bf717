import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import {
  Ec2Capacity,
  Ec2ComputeEnvironment,
  type Ec2ComputeEnvironmentProps,
  FargateComputeEnvironment,
  InstanceSelection,
  SpotAllocationStrategy,
} from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

const { C7G, G5 } = ec2.InstanceClass;
const COMPUTE = 'AWS::Batch::ComputeEnvironment';
const ec2With = (props: Partial<Ec2ComputeEnvironmentProps>): Template =>
  templateOf((stack) => new Ec2ComputeEnvironment(stack, 'Compute', { vpc: importedVpc(stack), ...props }));
const fargate = (): Template =>
  templateOf((stack) => new FargateComputeEnvironment(stack, 'Compute', { vpc: importedVpc(stack) }));

test('D1: the default families can be had without `optimal`', () => {
  ec2With({ instances: InstanceSelection.defaultX86() }).hasResourceProperties(COMPUTE, {
    ComputeResources: { InstanceTypes: ['default_x86_64'] },
  });
});

test('D2: to instance types that are named, nothing is added', () => {
  ec2With({ instances: InstanceSelection.named('c7i.large') }).hasResourceProperties(COMPUTE, {
    ComputeResources: { InstanceTypes: ['c7i.large'] },
  });
});

test('D3: Graviton and GPUs stay among themselves, and start from the image that is theirs', () => {
  ec2With({ instances: InstanceSelection.families(C7G) }).hasResourceProperties(COMPUTE, {
    ComputeResources: { InstanceTypes: ['c7g'], Ec2Configuration: [{ ImageType: 'ECS_AL2023' }] },
  });
  ec2With({ instances: InstanceSelection.families(G5) }).hasResourceProperties(COMPUTE, {
    ComputeResources: { InstanceTypes: ['g5'], Ec2Configuration: [{ ImageType: 'ECS_AL2023_NVIDIA' }] },
  });
});

test('D4: the launch template is pinned by version, so that an edit of it reaches the compute environment', () => {
  ec2With({}).hasResourceProperties(COMPUTE, {
    ComputeResources: { LaunchTemplate: { Version: { 'Fn::GetAtt': [Match.anyValue(), 'LatestVersionNumber'] } } },
  });
});

test('D6: no Spot strategy needs a Spot fleet role, whose policies would be missing', () => {
  expect(Object.values(SpotAllocationStrategy)).not.toContain('BEST_FIT');
  ec2With({ capacity: Ec2Capacity.spot() }).hasResourceProperties(COMPUTE, {
    ComputeResources: { Type: 'SPOT', SpotIamFleetRole: Match.absent() },
  });
});

test('D12: what is not known of an imported compute environment is absent, not broken', () => {
  const imported = Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(newStack(), 'Imported', {
    computeEnvironmentArn: 'arn:aws:batch:us-east-1:111111111111:compute-environment/other',
  });
  expect('connections' in imported).toBe(false);
  expect([imported.architecture, imported.offer]).toEqual([undefined, undefined]);
});

test('D17: Fargate gets nothing that AWS Batch refuses when it updates, so that maxvCpus can change', () => {
  fargate().hasResourceProperties(COMPUTE, {
    ReplaceComputeEnvironment: Match.absent(),
    UpdatePolicy: Match.absent(),
    ComputeResources: { UpdateToLatestImageVersion: Match.absent() },
  });
});
