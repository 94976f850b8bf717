import { CfnParameter, Size, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  Ec2Capacity,
  EksAccessEntryState,
  EksComputeEnvironment,
  type EksComputeEnvironmentProps,
  EksJob,
  InstanceSelection,
  JobQueue,
  JobSize,
  OnDemandAllocationStrategy,
  PlatformCapability,
} from '../../../lib';
import { importedVpc, newStack } from '../../support/stack';

let stack: Stack;
let cluster: eks.ICluster;

beforeEach(() => {
  stack = newStack();
  cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
    clusterName: 'jobs',
    clusterSecurityGroupId: 'sg-00000000000000001',
  });
});

const environment = (props: Partial<EksComputeEnvironmentProps> = {}): EksComputeEnvironment =>
  new EksComputeEnvironment(stack, 'Environment', {
    vpc: importedVpc(stack),
    cluster,
    kubernetesNamespace: 'batch',
    ...props,
  });
const resolve = (value: unknown): unknown => stack.resolve(value);
const template = (): Template => Template.fromStack(stack);
const has = (properties: Record<string, unknown>): void => {
  template().hasResourceProperties('AWS::Batch::ComputeEnvironment', properties);
};
const hasResources = (properties: Record<string, unknown>): void => {
  has({ ComputeResources: Match.objectLike(properties) });
};
const refused = (check: string): string => `[cdk-batch-platform:${check}]`;

describe('a compute environment on Amazon EKS', () => {
  test('adds instances to a cluster, for pods of one namespace', () => {
    environment();
    has({
      Type: 'MANAGED',
      State: 'ENABLED',
      ReplaceComputeEnvironment: false,
      UpdatePolicy: { TerminateJobsOnUpdate: false, JobExecutionTimeoutMinutes: 30 },
      Tags: Match.absent(),
      EksConfiguration: {
        EksClusterArn: { 'Fn::Join': ['', Match.arrayWith([':cluster/jobs'])] },
        KubernetesNamespace: 'batch',
        AccessEntry: Match.absent(),
      },
    });
    hasResources({
      Type: 'EC2',
      AllocationStrategy: 'BEST_FIT_PROGRESSIVE',
      MinvCpus: 0,
      MaxvCpus: 256,
      InstanceTypes: ['default_x86_64'],
      SecurityGroupIds: ['sg-00000000000000001'],
      Subnets: ['subnet-00000000000000001', 'subnet-00000000000000002'],
      UpdateToLatestImageVersion: true,
      Ec2Configuration: [{ ImageType: 'EKS_AL2023' }],
    });
  });

  test('starts instances from a launch template of its own, that nodeadm reads', () => {
    environment();
    const [id] = Object.keys(template().findResources('AWS::EC2::LaunchTemplate'));
    hasResources({
      LaunchTemplate: {
        LaunchTemplateId: { Ref: id },
        Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] },
        UserdataType: 'EKS_NODEADM',
      },
    });
    template().hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3' }) },
        ],
        UserData: Match.absent(),
      },
    });
  });

  test('offers what a job can get, to queues of Amazon EKS', () => {
    const instances = InstanceSelection.defaultArm64();
    const ours = environment({ instances, maxvCpus: 64, capacity: Ec2Capacity.spot() });
    expect(ours.offer).toEqual({ maxvCpus: 64, instances, spot: true, isolatedSubnets: false });
    expect(ours.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
    const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [ours] });
    expect(queue.platformCapability).toBe(PlatformCapability.EKS);
  });

  test('refuses jobs that none of its instances can hold (fit-instance-type)', () => {
    const computeEnvironments = [environment({ instances: InstanceSelection.named('c7i.large') })];
    const queue = new JobQueue(stack, 'Queue', { computeEnvironments });
    const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');
    const containers = [{ image, size: JobSize.of(64, Size.gibibytes(2)) }];
    expect(() => new EksJob(stack, 'Job', { queue, containers })).toThrow(
      /c7i\.large.*\[cdk-batch-platform:fit-instance-type\]/,
    );
  });

  test('has GPUs together with the driver for them', () => {
    environment({ instances: InstanceSelection.gpu(ec2.InstanceClass.G6) });
    hasResources({ InstanceTypes: ['g6'], Ec2Configuration: [{ ImageType: 'EKS_AL2023_NVIDIA' }] });
  });

  test('has all that compute environments with instances have', () => {
    const key = new kms.Key(stack, 'Key');
    environment({
      accessEntry: EksAccessEntryState.ENABLED,
      imageKubernetesVersion: '1.34',
      instanceTags: { team: 'genomics' },
      keyPair: ec2.KeyPair.fromKeyPairName(stack, 'KeyPair', 'operators'),
      placementGroup: ec2.PlacementGroup.fromPlacementGroupName(stack, 'Group', 'close'),
      rootVolumeSize: Size.gibibytes(200),
      rootVolumeKey: key,
      tags: { owner: 'platform' },
      enabled: false,
    });
    has({
      State: 'DISABLED',
      Tags: { owner: 'platform' },
      EksConfiguration: Match.objectLike({ AccessEntry: { DesiredState: 'ENABLED' } }),
    });
    hasResources({
      Ec2Configuration: [{ ImageType: 'EKS_AL2023', ImageKubernetesVersion: '1.34' }],
      Tags: { team: 'genomics' },
      Ec2KeyPair: 'operators',
      PlacementGroup: 'close',
    });
    template().hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        BlockDeviceMappings: [{ Ebs: Match.objectLike({ VolumeSize: 200, KmsKeyId: resolve(key.keyArn) }) }],
      },
    });
  });

  test.each(['default', 'kube-public', 'Batch', 'a.b', 'a'.repeat(64), ''])(
    'refuses namespace %j (compute-eks-namespace)',
    (kubernetesNamespace) => {
      expect(() => environment({ kubernetesNamespace })).toThrow(refused('compute-eks-namespace'));
    },
  );

  test('says what to do about a namespace that AWS Batch refuses', () => {
    expect(() => environment({ kubernetesNamespace: 'default' })).toThrow(
      `'kubernetesNamespace' must not be "default": AWS Batch refuses 'default' and 'kube-*': create a namespace for jobs ` +
        `and name it here (in Stack/Environment)`,
    );
  });

  test('refuses BEST_FIT (compute-eks-strategy)', () => {
    const capacity = Ec2Capacity.onDemand(OnDemandAllocationStrategy.BEST_FIT);
    expect(() => environment({ capacity })).toThrow(refused('compute-eks-strategy'));
  });

  test('takes what is known at deploy time only', () => {
    const value = new CfnParameter(stack, 'Parameter').valueAsString;
    environment({ kubernetesNamespace: value, imageKubernetesVersion: value });
    has({ EksConfiguration: Match.objectLike({ KubernetesNamespace: { Ref: 'Parameter' } }) });
    hasResources({ Ec2Configuration: [Match.objectLike({ ImageKubernetesVersion: { Ref: 'Parameter' } })] });
  });

  test('may be defined elsewhere', () => {
    const imported = EksComputeEnvironment.fromEksComputeEnvironmentAttributes(stack, 'Imported', {
      computeEnvironmentArn: 'arn:aws:batch:us-east-1:111122223333:compute-environment/pods',
      offer: { instances: InstanceSelection.defaultArm64() },
    });
    expect(imported.platformCapability).toBe(PlatformCapability.EKS);
    expect(imported.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
  });
});

describe('images', () => {
  const machineImage = ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-00000000000000001' });

  test.each([batch.EksMachineImageType.EKS_AL2, batch.EksMachineImageType.EKS_AL2_NVIDIA])(
    'refuses %s, which is past its end (compute-image-type)',
    (imageType) => {
      expect(() => environment({ imageType })).toThrow(
        `'imageType' must be on Amazon Linux 2023, as ${imageType} ended on 26 November 2025: leave it out, or give a ` +
          `'machineImage' of your own (in Stack/Environment) ${refused('compute-image-type')}`,
      );
    },
  );

  test('of your own may be made of one that is past its end, with the user data that it reads', () => {
    stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
    cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'jobs',
      clusterSecurityGroupId: 'sg-00000000000000001',
    });
    environment({ imageType: batch.EksMachineImageType.EKS_AL2, machineImage });
    hasResources({
      Ec2Configuration: [{ ImageType: 'EKS_AL2', ImageIdOverride: 'ami-00000000000000001' }],
      LaunchTemplate: Match.objectLike({ UserdataType: 'EKS_BOOTSTRAP_SH' }),
    });
  });

  test('refuses one without the driver for GPUs (compute-gpu-image)', () => {
    const imageType = batch.EksMachineImageType.EKS_AL2023;
    expect(() => environment({ imageType, instances: InstanceSelection.gpu() })).toThrow(refused('compute-gpu-image'));
  });

  test.each(['1', 'v1.34', '1.34.2', ''])(
    'refuses version %j of Kubernetes (compute-eks-kubernetes-version)',
    (imageKubernetesVersion) => {
      expect(() => environment({ imageKubernetesVersion })).toThrow(refused('compute-eks-kubernetes-version'));
    },
  );
});

describe('user data', () => {
  const userDataOf = (): string => JSON.stringify(template().findResources('AWS::EC2::LaunchTemplate'));

  test('may configure nodeadm', () => {
    environment({ userData: ec2.UserData.custom('apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\n') });
    expect(userDataOf()).toContain('Content-Type: application/node.eks.aws');
    expect(userDataOf()).not.toContain('ecs.config');
  });

  test('may be a script', () => {
    const userData = ec2.UserData.forLinux();
    userData.addCommands('mkdir /scratch');
    environment({ userData });
    expect(userDataOf()).toContain('text/x-shellscript');
    expect(userDataOf()).toContain('mkdir /scratch');
  });

  test('refuses what has no effect beside a launch template of your own', () => {
    const launchTemplate = ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Own', {
      launchTemplateName: 'own',
      versionNumber: '3',
    });
    expect(() => environment({ launchTemplate, userData: ec2.UserData.forLinux() })).toThrow(
      `'userData' has no effect`,
    );
  });

  test('of launch templates of your own is read by nodeadm as well', () => {
    const own = (id: string): ec2.ILaunchTemplate =>
      ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, id, { launchTemplateName: id, versionNumber: '3' });
    environment({
      instances: InstanceSelection.named('c7i', 'm7i'),
      launchTemplate: own('Own'),
      launchTemplateOverrides: [{ instances: InstanceSelection.named('m7i'), launchTemplate: own('Large') }],
    });
    hasResources({
      LaunchTemplate: {
        LaunchTemplateName: 'Own',
        Version: '3',
        UserdataType: 'EKS_NODEADM',
        Overrides: [
          { LaunchTemplateName: 'Large', Version: '3', UserdataType: 'EKS_NODEADM', TargetInstanceTypes: ['m7i'] },
        ],
      },
    });
  });
});

describe('nodes', () => {
  test('have the policies of nodes, not those of Amazon ECS (D5)', () => {
    environment();
    const policy = (name: string): unknown => ({ 'Fn::Join': ['', Match.arrayWith([`:iam::aws:policy/${name}`])] });
    template().resourceCountIs('AWS::IAM::Role', 1);
    template().hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: [
        policy('AmazonEKSWorkerNodePolicy'),
        policy('AmazonEC2ContainerRegistryPullOnly'),
        policy('AmazonEKS_CNI_Policy'),
      ],
    });
  });

  test('are let into the cluster before the first of them starts', () => {
    const { nodeRole } = environment();
    template().hasResourceProperties('AWS::EKS::AccessEntry', {
      ClusterName: 'jobs',
      PrincipalArn: resolve(nodeRole.roleArn),
      Type: 'EC2_LINUX',
    });
    const [access] = Object.keys(template().findResources('AWS::EKS::AccessEntry'));
    template().hasResource('AWS::Batch::ComputeEnvironment', { DependsOn: Match.arrayWith([access]) });
  });

  test('are let in by you, when their role is yours', () => {
    environment({ nodeRole: iam.Role.fromRoleName(stack, 'Role', 'nodes') });
    template().resourceCountIs('AWS::EKS::AccessEntry', 0);
    template().resourceCountIs('AWS::IAM::Role', 0);
  });
});
