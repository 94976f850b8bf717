import type { Case } from '../support';

const VOLUMES = 'Job.Container.Volumes';
const MOUNTS = 'Job.Container.MountPoints';
const efs = (more: object): object[] => [
  { Name: 'data', EfsVolumeConfiguration: { FileSystemId: 'fs-1', TransitEncryption: 'ENABLED', ...more } },
];
const ACCESS_POINT = { AuthorizationConfig: { AccessPointId: 'fsap-1' } };
const CONTAINERS = 'TaskJob.Task.Containers';
const WINDOWS = { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' };
const waits = (ContainerName: string, Condition: string): object[] => [{ ContainerName, Condition }];
const mounted = (ContainerPath: string): object[] => [{ SourceVolume: 'data', ContainerPath }];

export const TASK_CASES: readonly Case[] = [
  {
    check: 'job-fargate-unsupported',
    at: 'FargateJob.Container.Privileged',
    bad: { 'FargateJob.Container.Privileged': true },
    good: { 'Job.Container.Privileged': true },
  },
  {
    check: 'job-fargate-unsupported',
    at: 'FargateJob.Container.LinuxParameters.SharedMemorySize',
    bad: { 'FargateJob.Container.LinuxParameters.SharedMemorySize': 64 },
    good: { 'FargateJob.Container.LinuxParameters.InitProcessEnabled': true },
  },
  {
    check: 'job-fargate-unsupported',
    at: 'FargateJob.Container.Volumes.0.Host.SourcePath',
    bad: { 'FargateJob.Container.Volumes': [{ Name: 'data', Host: { SourcePath: '/mnt' } }] },
    good: { 'FargateJob.Container.Volumes': [{ Name: 'data', Host: {} }] },
  },
  {
    check: 'job-fargate-unsupported',
    at: 'FargateJob.Container.ResourceRequirements.0.Value',
    bad: { 'FargateJob.Container.ResourceRequirements.0': { Type: 'GPU', Value: '1' } },
    good: { 'Job.Container.ResourceRequirements.0': { Type: 'GPU', Value: '1' } },
  },
  {
    check: 'job-windows-unsupported',
    at: 'FargateJob.Container.User',
    bad: { 'FargateJob.Container.RuntimePlatform': WINDOWS, 'FargateJob.Container.User': 'app' },
    good: { 'FargateJob.Container.User': 'app' },
  },
  {
    check: 'job-windows-unsupported',
    at: 'FargateJob.Container.RuntimePlatform.CpuArchitecture',
    bad: { 'FargateJob.Container.RuntimePlatform': { ...WINDOWS, CpuArchitecture: 'ARM64' } },
    good: { 'FargateJob.Container.RuntimePlatform': { ...WINDOWS, CpuArchitecture: 'X86_64' } },
  },
  {
    check: 'job-container-dependency',
    at: `${CONTAINERS}.0.DependsOn.0.ContainerName`,
    bad: { [`${CONTAINERS}.0.DependsOn`]: waits('nobody', 'START') },
    good: { [`${CONTAINERS}.0.DependsOn`]: waits('side', 'COMPLETE') },
  },
  {
    check: 'job-container-dependency',
    at: `${CONTAINERS}.0.DependsOn.0.ContainerName`,
    bad: {
      [`${CONTAINERS}.0.DependsOn`]: waits('side', 'START'),
      [`${CONTAINERS}.1.DependsOn`]: waits('main', 'START'),
    },
    good: { [`${CONTAINERS}.1.DependsOn`]: waits('main', 'START') },
  },
  {
    check: 'job-container-dependency',
    at: `${CONTAINERS}.1.DependsOn.0.Condition`,
    bad: { [`${CONTAINERS}.1.DependsOn`]: waits('main', 'SUCCESS') },
    good: { [`${CONTAINERS}.0.DependsOn`]: waits('side', 'SUCCESS') },
  },
  {
    check: 'job-volume-name',
    at: `${VOLUMES}.0.Name`,
    bad: { [VOLUMES]: [{ Name: 'my data' }] },
    good: { [VOLUMES]: [{ Name: 'my-data' }] },
  },
  {
    check: 'job-mount-path',
    at: `${MOUNTS}.0.ContainerPath`,
    bad: { [MOUNTS]: mounted('data') },
    good: { [MOUNTS]: mounted('/data') },
  },
  {
    check: 'job-mount-path',
    at: `${MOUNTS}.1.ContainerPath`,
    bad: { [MOUNTS]: [...mounted('/data'), ...mounted('/data')] },
    good: { [MOUNTS]: [...mounted('/data'), ...mounted('/more')] },
  },
  {
    check: 'job-volume-port',
    at: `${VOLUMES}.0.EfsVolumeConfiguration.TransitEncryptionPort`,
    bad: { [VOLUMES]: efs({ TransitEncryptionPort: 65_536 }) },
    good: { [VOLUMES]: efs({ TransitEncryptionPort: 65_535 }) },
  },
  {
    check: 'job-efs-root-directory',
    at: `${VOLUMES}.0.EfsVolumeConfiguration.RootDirectory`,
    bad: { [VOLUMES]: efs({ ...ACCESS_POINT, RootDirectory: '/data' }) },
    good: { [VOLUMES]: efs({ ...ACCESS_POINT, RootDirectory: '/' }) },
  },
  {
    check: 'job-efs-encryption',
    at: `${VOLUMES}.0.EfsVolumeConfiguration.TransitEncryption`,
    bad: { [VOLUMES]: efs({ ...ACCESS_POINT, TransitEncryption: 'DISABLED' }) },
    good: { [VOLUMES]: efs({ TransitEncryption: 'DISABLED' }) },
  },
  {
    check: 'job-efs-platform-version',
    at: 'FargateJob.Container.FargatePlatformConfiguration.PlatformVersion',
    bad: {
      'FargateJob.Container.Volumes': efs({}),
      'FargateJob.Container.FargatePlatformConfiguration': { PlatformVersion: '1.3.0' },
    },
    good: { 'FargateJob.Container.FargatePlatformConfiguration': { PlatformVersion: '1.3.0' } },
  },
  {
    check: 'job-s3-files-ec2',
    at: `${VOLUMES}.0.S3FilesVolumeConfiguration`,
    bad: { [VOLUMES]: [{ Name: 'data', S3FilesVolumeConfiguration: { FileSystemArn: 'arn' } }] },
    good: { 'FargateJob.Container.Volumes': [{ Name: 'data', S3FilesVolumeConfiguration: { FileSystemArn: 'arn' } }] },
  },
];
