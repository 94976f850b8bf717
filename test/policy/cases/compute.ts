import type { Case } from '../support';

const subnets = (count: number): string[] => Array.from({ length: count }, (_, index) => `subnet-${index}`);
const FLEET_ROLE = { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/x'] } };
const zone = (AvailabilityZone: string): object => ({ Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } });
const ON_EKS = { 'Instances.EksConfiguration': { EksClusterArn: 'arn', KubernetesNamespace: 'jobs' } };

export const COMPUTE_CASES: readonly Case[] = [
  {
    check: 'compute-vcpus',
    at: 'Instances.Resources.MinvCpus',
    bad: { 'Instances.Resources.MinvCpus': 17 },
    good: { 'Instances.Resources.MinvCpus': 16 },
  },
  {
    check: 'compute-vcpus',
    at: 'Fargate.ComputeResources.MaxvCpus',
    bad: { 'Fargate.ComputeResources.MaxvCpus': 0 },
    good: { 'Fargate.ComputeResources.MaxvCpus': '1' },
  },
  {
    check: 'compute-physical-name',
    at: 'Instances.ComputeEnvironmentName',
    bad: { 'Instances.ComputeEnvironmentName': 'mine' },
    good: { 'Instances.ComputeEnvironmentName': { Ref: 'AWS::NoValue' } },
  },
  {
    check: 'compute-service-role',
    at: 'Instances.ServiceRole',
    bad: { 'Instances.ServiceRole': 'arn:aws:iam::111111111111:role/mine' },
    good: { 'Instances.ServiceRole': 'arn:aws:iam::111111111111:role/aws-service-role/AWSServiceRoleForBatch' },
  },
  {
    check: 'compute-service-role',
    at: 'Instances.ServiceRole',
    bad: { Role: FLEET_ROLE, 'Instances.ServiceRole': { 'Fn::GetAtt': ['Role', 'Arn'] } },
    good: {
      Role: FLEET_ROLE,
      'Instances.ServiceRole': { 'Fn::GetAtt': ['Role', 'Arn'] },
      'Instances.ReplaceComputeEnvironment': true,
    },
  },
  {
    check: 'compute-best-fit',
    at: 'Instances.Resources.AllocationStrategy',
    bad: { 'Instances.Resources.AllocationStrategy': undefined },
    good: { 'Instances.Resources.AllocationStrategy': 'BEST_FIT', 'Instances.ReplaceComputeEnvironment': undefined },
  },
  {
    check: 'compute-spot-best-fit',
    at: 'Instances.Resources.SpotIamFleetRole',
    bad: { 'Instances.Resources.Type': 'SPOT', 'Instances.Resources.AllocationStrategy': 'BEST_FIT' },
    good: { 'Instances.Resources.Type': 'SPOT', 'Instances.Resources.AllocationStrategy': 'SPOT_CAPACITY_OPTIMIZED' },
  },
  {
    check: 'compute-spot-best-fit',
    at: 'Instances.Resources.SpotIamFleetRole',
    bad: {
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
      'Instances.Resources.Type': 'SPOT',
      'Instances.Resources.AllocationStrategy': 'BEST_FIT',
      'Instances.Resources.SpotIamFleetRole': { 'Fn::GetAtt': 'Role.Arn' },
    },
    good: {
      Role: FLEET_ROLE,
      'Instances.Resources.Type': 'SPOT',
      'Instances.Resources.AllocationStrategy': 'BEST_FIT',
      'Instances.Resources.SpotIamFleetRole': { 'Fn::GetAtt': 'Role.Arn' },
    },
  },
  {
    check: 'compute-fargate-update',
    at: 'Fargate.ReplaceComputeEnvironment',
    bad: { 'Fargate.ReplaceComputeEnvironment': false },
    good: { 'Fargate.ReplaceComputeEnvironment': true },
  },
  {
    check: 'compute-fargate-update',
    at: 'Fargate.UpdatePolicy',
    bad: { 'Fargate.UpdatePolicy': {} },
    good: { 'Instances.UpdatePolicy': {} },
  },
  {
    check: 'compute-subnets',
    at: 'Fargate.ComputeResources.Subnets',
    bad: { 'Fargate.ComputeResources.Subnets': subnets(17) },
    good: { 'Fargate.ComputeResources.Subnets': subnets(16) },
  },
  {
    check: 'compute-subnets',
    at: 'Instances.Resources.Subnets',
    bad: { 'Instances.Resources.Subnets': [] },
    good: { 'Instances.Resources.Subnets': { 'Fn::ImportValue': 'subnets' } },
  },
  {
    check: 'compute-single-zone',
    at: 'Instances.Resources.Subnets',
    bad: { 'Instances.Resources.Subnets': ['subnet-1'] },
    good: { 'Instances.Resources.Subnets': ['subnet-1'], 'Instances.Resources.PlacementGroup': 'close' },
  },
  {
    check: 'compute-single-zone',
    at: 'Instances.Resources.Subnets',
    bad: { One: zone('a'), Other: zone('a'), 'Instances.Resources.Subnets': [{ Ref: 'One' }, { Ref: 'Other' }] },
    good: { One: zone('a'), Other: zone('b'), 'Instances.Resources.Subnets': [{ Ref: 'One' }, { Ref: 'Other' }] },
  },
  {
    check: 'compute-security-groups',
    at: 'Fargate.ComputeResources.SecurityGroupIds',
    bad: { 'Fargate.ComputeResources.SecurityGroupIds': ['1', '2', '3', '4', '5', '6'] },
    good: { 'Fargate.ComputeResources.SecurityGroupIds': ['1', '2', '3', '4', '5'] },
  },
  {
    check: 'compute-security-groups',
    at: 'Fargate.ComputeResources.SecurityGroupIds',
    bad: { 'Fargate.ComputeResources.SecurityGroupIds': undefined },
    good: { 'Instances.Resources.SecurityGroupIds': undefined },
  },
  {
    check: 'compute-update-timeout',
    at: 'Instances.UpdatePolicy.JobExecutionTimeoutMinutes',
    bad: { 'Instances.UpdatePolicy.JobExecutionTimeoutMinutes': 7201 },
    good: { 'Instances.UpdatePolicy.JobExecutionTimeoutMinutes': 7200 },
  },
  {
    check: 'compute-scale-down-delay',
    at: 'Instances.Resources.ScalingPolicy.MinScaleDownDelayMinutes',
    bad: { 'Instances.Resources.ScalingPolicy.MinScaleDownDelayMinutes': 19 },
    good: { 'Instances.Resources.ScalingPolicy.MinScaleDownDelayMinutes': 20 },
  },
  {
    check: 'compute-scale-in',
    at: 'Managed.ComputeResources.ManagedInstancesProvider.InfrastructureOptimization.ScaleInAfter',
    bad: { 'Managed.ComputeResources.ManagedInstancesProvider.InfrastructureOptimization.ScaleInAfter': 3601 },
    good: { 'Managed.ComputeResources.ManagedInstancesProvider.InfrastructureOptimization.ScaleInAfter': -1 },
  },
  {
    check: 'compute-spot-price',
    at: 'Instances.Resources.BidPercentage',
    bad: { 'Instances.Resources.BidPercentage': 101 },
    good: { 'Instances.Resources.BidPercentage': 100 },
  },
  {
    check: 'compute-eks-namespace',
    at: 'Instances.EksConfiguration.KubernetesNamespace',
    bad: { 'Instances.EksConfiguration': { EksClusterArn: 'arn', KubernetesNamespace: 'kube-system' } },
    good: ON_EKS,
  },
  {
    check: 'compute-eks-strategy',
    at: 'Instances.Resources.AllocationStrategy',
    bad: { ...ON_EKS, 'Instances.Resources.AllocationStrategy': 'BEST_FIT' },
    good: ON_EKS,
  },
  {
    check: 'compute-eks-kubernetes-version',
    at: 'Instances.Resources.Ec2Configuration.0.ImageKubernetesVersion',
    bad: { ...ON_EKS, 'Instances.Resources.Ec2Configuration.0.ImageKubernetesVersion': '1.34.1' },
    good: { ...ON_EKS, 'Instances.Resources.Ec2Configuration.0.ImageKubernetesVersion': '1.34' },
  },
];
