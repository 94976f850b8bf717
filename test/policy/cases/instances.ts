import type { Case } from '../support';

const TYPES = 'Instances.Resources.InstanceTypes';
const IMAGE = 'Instances.Resources.Ec2Configuration';
const TEMPLATE = 'Instances.Resources.LaunchTemplate';
const EBS = 'Launch.BlockDeviceMappings.0.Ebs';
const overrides = (...types: string[]): object[] =>
  types.map((type) => ({ LaunchTemplateId: 'lt-1', Version: '1', TargetInstanceTypes: [type] }));

export const INSTANCE_CASES: readonly Case[] = [
  {
    check: 'compute-mixed-architecture',
    at: TYPES,
    bad: { [TYPES]: ['c7g.large', 'optimal'] },
    good: { [TYPES]: ['c7i.large', 'optimal'] },
  },
  {
    check: 'compute-mixed-gpu',
    at: TYPES,
    bad: { [TYPES]: ['g5', 'optimal'], [IMAGE]: undefined },
    good: { [TYPES]: ['g5', 'g6'], [IMAGE]: undefined },
  },
  {
    check: 'compute-gpu-image',
    at: TYPES,
    bad: { [TYPES]: ['g5'] },
    good: { [TYPES]: ['g5'], [IMAGE]: [{ ImageType: 'ECS_AL2023_NVIDIA' }] },
  },
  {
    check: 'compute-gpu-image',
    at: TYPES,
    bad: { [TYPES]: ['g5'], 'Launch.UserData': undefined },
    good: { [TYPES]: ['g5'], 'Launch.ImageId': 'ami-1' },
  },
  { check: 'compute-instance-image', at: TYPES, bad: { [TYPES]: ['a1'] }, good: { [TYPES]: ['c7g'] } },
  { check: 'compute-accelerator-image', at: TYPES, bad: { [TYPES]: ['inf2'] }, good: { [TYPES]: ['c7i'] } },
  { check: 'compute-unknown-instance-type', at: TYPES, bad: { [TYPES]: ['c99z'] }, good: { [TYPES]: ['c7i'] } },
  {
    check: 'compute-image-type',
    at: `${IMAGE}.0.ImageType`,
    bad: { [IMAGE]: [{ ImageType: 'ECS_AL2' }] },
    good: { [IMAGE]: [{ ImageType: 'ECS_AL2', ImageIdOverride: 'ami-1' }] },
  },
  {
    check: 'compute-managed-instance-types',
    at: 'Managed.ComputeResources.ManagedInstancesProvider.InstanceLaunchTemplate.InstanceRequirements.AllowedInstanceTypes.0',
    bad: {
      'Managed.ComputeResources.ManagedInstancesProvider.InstanceLaunchTemplate.InstanceRequirements.AllowedInstanceTypes':
        ['optimal'],
    },
    good: {},
  },
  {
    check: 'compute-launch-template-overrides',
    at: `${TEMPLATE}.Overrides.0.TargetInstanceTypes.0`,
    bad: { [`${TEMPLATE}.Overrides`]: overrides('m7i') },
    good: { [`${TEMPLATE}.Overrides`]: overrides('c7i.large') },
  },
  {
    check: 'compute-launch-template-overrides',
    at: `${TEMPLATE}.Overrides.1.TargetInstanceTypes.0`,
    bad: { [`${TEMPLATE}.Overrides`]: overrides('c7i', 'c7i.large') },
    good: { [`${TEMPLATE}.Overrides`]: overrides('c7i.xlarge', 'c7i.large') },
  },
  {
    check: 'compute-launch-template-overrides',
    at: `${TEMPLATE}.Overrides`,
    bad: { [`${TEMPLATE}.Overrides`]: Array.from({ length: 11 }, () => ({ LaunchTemplateId: 'lt-1', Version: '1' })) },
    good: { [`${TEMPLATE}.Overrides`]: Array.from({ length: 10 }, () => ({ LaunchTemplateId: 'lt-1', Version: '1' })) },
  },
  {
    check: 'compute-launch-template-version',
    at: `${TEMPLATE}.Version`,
    bad: { [`${TEMPLATE}.Version`]: undefined },
    good: { [`${TEMPLATE}.Version`]: { 'Fn::GetAtt': ['LaunchTemplate', 'LatestVersionNumber'] } },
  },
  {
    check: 'compute-launch-template-version',
    at: `${TEMPLATE}.Version`,
    bad: { [`${TEMPLATE}.Version`]: '$Latest' },
    good: { [`${TEMPLATE}.Version`]: '1' },
  },
  {
    check: 'compute-instance-metadata',
    at: 'Launch.MetadataOptions.HttpTokens',
    bad: { 'Launch.MetadataOptions.HttpTokens': 'optional' },
    good: { 'Launch.MetadataOptions': { HttpEndpoint: 'disabled' } },
  },
  {
    check: 'compute-instance-metadata',
    at: 'Launch.MetadataOptions.HttpPutResponseHopLimit',
    bad: { 'Launch.MetadataOptions.HttpPutResponseHopLimit': 2 },
    good: { 'Launch.MetadataOptions.HttpPutResponseHopLimit': 1 },
  },
  {
    check: 'compute-instance-metadata',
    at: TEMPLATE,
    bad: { [TEMPLATE]: undefined },
    good: { [TEMPLATE]: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '1' } },
  },
  {
    check: 'compute-volume-encryption',
    at: `${EBS}.Encrypted`,
    bad: { [`${EBS}.Encrypted`]: false },
    good: { [`${EBS}.Encrypted`]: 'true' },
  },
  {
    check: 'compute-volume-encryption',
    at: 'Launch.BlockDeviceMappings',
    bad: { 'Launch.BlockDeviceMappings': undefined },
    good: { 'Launch.BlockDeviceMappings': [{ DeviceName: '/dev/xvdb', NoDevice: '' }] },
  },
  {
    check: 'compute-efa',
    at: TYPES,
    bad: { 'Launch.NetworkInterfaces': [{ InterfaceType: 'efa' }], [TYPES]: ['c7i.large'] },
    good: { 'Launch.NetworkInterfaces': [{ InterfaceType: 'efa' }], [TYPES]: ['c7gn.16xlarge'] },
  },
  {
    check: 'compute-user-data',
    at: 'Launch.UserData',
    bad: { 'Launch.UserData': { 'Fn::Base64': { 'Fn::Join': ['', ['#!/bin/bash\n', { Ref: 'AWS::Region' }]] } } },
    good: { 'Launch.UserData': { 'Fn::Base64': { 'Fn::Sub': 'MIME-Version: 1.0\n${AWS::Region}' } } },
  },
  {
    check: 'compute-user-data',
    at: 'Launch.UserData',
    bad: { 'Launch.UserData': Buffer.from('#!/bin/bash').toString('base64') },
    good: { 'Launch.UserData': Buffer.from('Content-Type: multipart/mixed').toString('base64') },
  },
  {
    check: 'compute-root-volume',
    at: `${EBS}.VolumeSize`,
    bad: { [`${EBS}.VolumeSize`]: 29 },
    good: { [`${EBS}.VolumeSize`]: 30 },
  },
  {
    check: 'compute-root-volume',
    at: `${EBS}.Throughput`,
    bad: { [`${EBS}.Throughput`]: 751 },
    good: { [`${EBS}.Throughput`]: 750 },
  },
];
