import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import {
  BatchNetwork,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  InstanceSelection,
  OnDemandAllocationStrategy,
  PlatformCapability,
  SpotAllocationStrategy,
  type Ec2ComputeEnvironmentProps,
} from '../../../lib';
import { importedVpc, newStack, templateOf } from '../../support/stack';
import { environment, hasComputeResources } from '../compute-environment';

describe('a compute environment on EC2', () => {
  const template = templateOf((stack) => environment(stack));

  test('runs no instance until a job waits, and no more than its limit', () => {
    hasComputeResources(template, { MinvCpus: 0, MaxvCpus: 256 });
  });

  test('buys on-demand instances of x86-64 by default', () => {
    hasComputeResources(template, {
      Type: 'EC2',
      AllocationStrategy: 'BEST_FIT_PROGRESSIVE',
      InstanceTypes: ['default_x86_64'],
      Ec2Configuration: [{ ImageType: 'ECS_AL2023' }],
    });
  });

  test('is updated in place, lets jobs end first, and has no name that would stand in the way', () => {
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      Type: 'MANAGED',
      State: 'ENABLED',
      ReplaceComputeEnvironment: false,
      UpdatePolicy: { TerminateJobsOnUpdate: false, JobExecutionTimeoutMinutes: 30 },
      ComputeEnvironmentName: Match.absent(),
      ServiceRole: Match.absent(),
    });
  });

  test('pins the launch template by version, so that a change of it reaches the instances', () => {
    const [id] = Object.keys(template.findResources('AWS::EC2::LaunchTemplate'));
    hasComputeResources(template, {
      LaunchTemplate: { LaunchTemplateId: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } },
    });
  });

  test('guards instance metadata and encrypts the root volume', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3', VolumeSize: 100 }) },
        ],
      },
    });
  });

  test('lets nothing in', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
  });
});

test('a compute environment goes before its role, the policies of that, and its routes', () => {
  const template = templateOf((stack) => {
    const instanceRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    instanceRole.addToPolicy(new iam.PolicyStatement({ actions: ['ecs:Poll'], resources: ['arn:aws:ecs:::x'] }));
    const { vpc } = new BatchNetwork(stack, 'Network');
    new Ec2ComputeEnvironment(stack, 'Environment', { vpc, instanceRole });
  });
  const [resource] = Object.values(template.findResources('AWS::Batch::ComputeEnvironment'));
  for (const earlier of [
    /^NetworkVpcPrivateSubnet1DefaultRoute/,
    /^NetworkVpcPrivateSubnet2DefaultRoute/,
    /^RoleDefaultPolicy/,
    /^Role[^D]/,
  ]) {
    expect(resource.DependsOn).toContainEqual(expect.stringMatching(earlier));
  }
});

test.each([
  [Ec2Capacity.onDemand(), 'EC2', 'BEST_FIT_PROGRESSIVE'],
  [Ec2Capacity.spot(), 'SPOT', 'SPOT_CAPACITY_OPTIMIZED'],
  [Ec2Capacity.spot(SpotAllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED), 'SPOT', 'SPOT_PRICE_CAPACITY_OPTIMIZED'],
  [
    Ec2Capacity.spot(SpotAllocationStrategy.SPOT_CAPACITY_OPTIMIZED_PRIORITIZED),
    'SPOT',
    'SPOT_CAPACITY_OPTIMIZED_PRIORITIZED',
  ],
  [
    Ec2Capacity.onDemand(OnDemandAllocationStrategy.BEST_FIT_PROGRESSIVE_ORDERED),
    'EC2',
    'BEST_FIT_PROGRESSIVE_ORDERED',
  ],
  [Ec2Capacity.onDemand(OnDemandAllocationStrategy.BEST_FIT), 'EC2', 'BEST_FIT'],
])('buys capacity %#: $1 by $2', (capacity, type, strategy) => {
  const template = templateOf((stack) => environment(stack, { capacity }));
  hasComputeResources(template, { Type: type, AllocationStrategy: strategy });
});

test('instances with GPUs start from the image with their driver', () => {
  const template = templateOf((stack) => environment(stack, { instances: InstanceSelection.gpu() }));
  hasComputeResources(template, {
    InstanceTypes: ['g5', 'g6'],
    Ec2Configuration: [{ ImageType: 'ECS_AL2023_NVIDIA' }],
  });
});

test('takes a larger disk, more time to update, and a floor of capacity', () => {
  const template = templateOf((stack) =>
    environment(stack, {
      rootVolumeSize: Size.tebibytes(1),
      updateTimeout: Duration.hours(6),
      minvCpus: 8,
      maxvCpus: 8,
    }),
  );
  hasComputeResources(template, { MinvCpus: 8, MaxvCpus: 8 });
  template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
    UpdatePolicy: { JobExecutionTimeoutMinutes: 360 },
  });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { BlockDeviceMappings: [{ Ebs: { VolumeSize: 1024 } }] },
  });
});

test('takes security groups of the user instead of a new one', () => {
  const template = templateOf((stack) => {
    const vpc = importedVpc(stack);
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0');
    new Ec2ComputeEnvironment(stack, 'Environment', { vpc, securityGroups: [group] });
  });
  template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
  hasComputeResources(template, { SecurityGroupIds: ['sg-0123456789abcdef0'] });
});

describe('checks', () => {
  test.each<[string, Partial<Ec2ComputeEnvironmentProps>, string]>([
    ['no vCPU', { maxvCpus: 0 }, `'maxvCpus' must be a whole number of at least 1, got 0 (in Stack/Environment)`],
    ['half a vCPU', { maxvCpus: 1.5 }, `'maxvCpus' must be a whole number of at least 1, got 1.5`],
    ['a negative floor', { minvCpus: -1 }, `'minvCpus' must be a whole number of at least 0, got -1`],
    ['a floor above the limit', { minvCpus: 9, maxvCpus: 8 }, `'minvCpus' must not exceed 'maxvCpus' (8), got 9`],
    [
      'a disk below the image',
      { rootVolumeSize: Size.gibibytes(29) },
      `'rootVolumeSize' must be a whole number of GiB from 30`,
    ],
    ['a disk of broken size', { rootVolumeSize: Size.mebibytes(40_000) }, `got 39.0625 (in Stack/Environment)`],
    ['half a minute', { updateTimeout: Duration.seconds(90) }, `got 1.5 (in Stack/Environment)`],
    ['too large a disk', { rootVolumeSize: Size.tebibytes(65) }, `from 30 to 65536, got 66560`],
    [
      'an endless update',
      { updateTimeout: Duration.days(6) },
      `'updateTimeout' must be a whole number of minutes from 1 to 7200`,
    ],
    [
      'no security group',
      { securityGroups: [] },
      `'securityGroups' must hold 1 to 5, or be left out for a new one, got 0`,
    ],
    ['no subnet', { vpcSubnets: { subnets: [] } }, `'vpcSubnets' selects no subnet of Stack/Vpc: select at least one`],
  ])('refuses %s', (_, props, message) => {
    expect(() => environment(newStack(), props)).toThrow(message);
  });

  test('values known at deploy time pass', () => {
    const template = templateOf((stack) => {
      const limit = new CfnParameter(stack, 'Limit', { type: 'Number', default: 64 }).valueAsNumber;
      environment(stack, { maxvCpus: limit, minvCpus: 1 });
    });
    hasComputeResources(template, { MaxvCpus: { Ref: 'Limit' }, MinvCpus: 1 });
  });
});

describe('references', () => {
  test('the libraries of others take it, and node.defaultChild is the L1', () => {
    const stack = newStack();
    const own = environment(stack);
    const theirs = new batch.JobQueue(stack, 'Queue', { computeEnvironments: [{ computeEnvironment: own, order: 1 }] });
    expect(theirs.computeEnvironments).toHaveLength(1);
    expect(own.node.defaultChild).toBeInstanceOf(batch.CfnComputeEnvironment);
    expect(own.platformCapability).toBe(PlatformCapability.EC2);
    expect(own.architecture).toBe(ec2.InstanceArchitecture.X86_64);
  });

  test('an imported one knows what it was told, and nothing else', () => {
    const computeEnvironmentArn = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other';
    const imported = Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(newStack(), 'Other', {
      computeEnvironmentArn,
    });
    expect(imported.computeEnvironmentRef).toEqual({ computeEnvironmentArn });
    expect(imported.env).toEqual({ account: '123456789012', region: 'eu-west-1' });
    expect(imported.architecture).toBeUndefined();
    expect(imported).not.toHaveProperty('connections');
  });

  test('an imported one has the architecture of the instances that it is told of', () => {
    const offer = { instances: InstanceSelection.defaultArm64() };
    const imported = Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(newStack(), 'Other', {
      computeEnvironmentArn: 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other',
      offer,
    });
    expect(imported.offer).toBe(offer);
    expect(imported.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
  });
});
