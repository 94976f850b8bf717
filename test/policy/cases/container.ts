import type { Case } from '../support';

const size = (vcpus: string, memory: string, gpus?: string): object[] => [
  { Type: 'VCPU', Value: vcpus },
  { Type: 'MEMORY', Value: memory },
  ...(gpus === undefined ? [] : [{ Type: 'GPU', Value: gpus }]),
];
const REQUIREMENTS = 'Job.Container.ResourceRequirements';
const LINUX = 'Job.Container.LinuxParameters';
const ENVIRONMENT = 'Job.Container.Environment';
const CONTAINERS = 'TaskJob.Task.Containers';
const variable = (Name: string, Value: unknown = 'x'): object[] => [{ Name, Value }];

const privileged = (Metadata: object): object => ({
  Type: 'AWS::Batch::JobDefinition',
  Metadata,
  Properties: { Type: 'container', ContainerProperties: { Image: 'example', Privileged: true } },
});

export const CONTAINER_CASES: readonly Case[] = [
  {
    check: 'job-size',
    at: `${REQUIREMENTS}.0.Value`,
    bad: { [REQUIREMENTS]: size('0.5', '4') },
    good: { [REQUIREMENTS]: size('1', '4') },
  },
  {
    check: 'job-size',
    at: `${REQUIREMENTS}.1.Value`,
    bad: { [REQUIREMENTS]: size('1', '3') },
    good: { [REQUIREMENTS]: size('1', '4', '1') },
  },
  {
    check: 'job-fargate-size',
    at: 'FargateJob.Container.ResourceRequirements',
    bad: { 'FargateJob.Container.ResourceRequirements': size('1', '512') },
    good: { 'FargateJob.Container.ResourceRequirements': size('0.25', '512') },
  },
  {
    check: 'job-fargate-size',
    at: 'TaskJob.Task.Containers',
    bad: {
      'TaskJob.PlatformCapabilities': ['FARGATE'],
      'TaskJob.Task.Containers.0.ResourceRequirements': size('2', '1024'),
    },
    good: { 'TaskJob.PlatformCapabilities': ['FARGATE'] },
  },
  {
    check: 'job-ephemeral-storage',
    at: 'FargateJob.Container.EphemeralStorage.SizeInGiB',
    bad: { 'FargateJob.Container.EphemeralStorage.SizeInGiB': 20 },
    good: { 'FargateJob.Container.EphemeralStorage.SizeInGiB': 21 },
  },
  {
    check: 'job-fargate-only',
    at: 'Job.Container.EphemeralStorage',
    bad: { 'Job.Container.EphemeralStorage': { SizeInGiB: 30 } },
    good: { 'FargateJob.Container.EphemeralStorage': { SizeInGiB: 30 } },
  },
  {
    check: 'job-private-address',
    at: 'FargateJob.Container.NetworkConfiguration.AssignPublicIp',
    bad: { 'FargateJob.Container.NetworkConfiguration.AssignPublicIp': 'ENABLED' },
    good: { 'FargateJob.Container.NetworkConfiguration.AssignPublicIp': 'DISABLED' },
  },
  {
    check: 'job-memory-size',
    at: `${LINUX}.SharedMemorySize`,
    bad: { [`${LINUX}.SharedMemorySize`]: 0 },
    good: { [`${LINUX}.SharedMemorySize`]: 1 },
  },
  {
    check: 'job-swap',
    at: `${LINUX}.Swappiness`,
    bad: { [LINUX]: { Swappiness: 101, MaxSwap: 1 } },
    good: { [LINUX]: { Swappiness: 100, MaxSwap: 1 } },
  },
  {
    check: 'job-swap',
    at: `${LINUX}.Swappiness`,
    bad: { [LINUX]: { Swappiness: 1 } },
    good: { [LINUX]: { MaxSwap: 1 } },
  },
  {
    check: 'job-environment-name',
    at: `${ENVIRONMENT}.0.Name`,
    bad: { [ENVIRONMENT]: variable('AWS_BATCH_QUEUE') },
    good: { [ENVIRONMENT]: variable('AWS_REGION') },
  },
  {
    check: 'job-environment-name',
    at: 'Job.Container.Secrets.0.Name',
    bad: { [ENVIRONMENT]: variable('KEY'), 'Job.Container.Secrets': [{ Name: 'KEY', ValueFrom: 'arn' }] },
    good: { [ENVIRONMENT]: variable('KEY'), 'Job.Container.Secrets': [{ Name: 'OTHER', ValueFrom: 'arn' }] },
  },
  {
    check: 'job-environment-name',
    at: 'PodJob.Pod.Containers.0.Env.0.Name',
    bad: { 'PodJob.Pod.Containers.0.Env': variable('AWS_BATCH_X') },
    good: { 'PodJob.Pod.Containers.0.Env': variable('X') },
  },
  {
    check: 'job-plain-secret',
    at: `${ENVIRONMENT}.0.Value`,
    bad: { [ENVIRONMENT]: variable('DB_PASSWORD', 'hunter2') },
    good: { [ENVIRONMENT]: variable('DB_PASSWORD', { Ref: 'AWS::Region' }) },
  },
  {
    check: 'job-privileged-reason',
    at: 'Job.Container.Privileged',
    bad: { 'Job.Container.Privileged': true },
    good: { 'Job.Container.Privileged': false },
  },
  {
    check: 'job-privileged-reason',
    at: 'Other.ContainerProperties.Privileged',
    bad: { Other: privileged({}) },
    good: { Other: privileged({ 'cdk-batch-platform:privileged': ['it mounts a file system'] }) },
  },
  {
    check: 'job-root-user',
    at: 'Job.Container.User',
    bad: { 'Job.Container.User': '0:0' },
    good: { 'Job.Container.User': '1000' },
  },
  {
    check: 'job-log-driver',
    at: 'FargateJob.Container.LogConfiguration.LogDriver',
    bad: { 'FargateJob.Container.LogConfiguration': { LogDriver: 'syslog' } },
    good: { 'Job.Container.LogConfiguration': { LogDriver: 'syslog' } },
  },
  {
    check: 'job-log-group',
    at: 'Job.Container.LogConfiguration',
    bad: { 'Job.Container.LogConfiguration': undefined },
    good: { 'Job.Container.LogConfiguration': { LogDriver: 'splunk' } },
  },
  {
    check: 'job-log-group',
    at: 'Job.Container.LogConfiguration.Options.awslogs-group',
    bad: { 'Job.Container.LogConfiguration': { LogDriver: 'awslogs' } },
    good: { 'Job.Container.LogConfiguration.Options.awslogs-group': { Ref: 'Group' } },
  },
  {
    check: 'job-execute-command',
    at: 'Job.Container.ReadonlyRootFilesystem',
    bad: { 'Job.Container.EnableExecuteCommand': true, 'Job.Container.ReadonlyRootFilesystem': true },
    good: { 'Job.Container.ReadonlyRootFilesystem': true },
  },
  {
    check: 'job-container-count',
    at: CONTAINERS,
    bad: { [CONTAINERS]: [] },
    good: { [CONTAINERS]: [{ Name: 'one', LogConfiguration: { LogDriver: 'splunk' } }] },
  },
  {
    check: 'job-container-name',
    at: `${CONTAINERS}.1.Name`,
    bad: { [`${CONTAINERS}.1.Name`]: 'main' },
    good: { [`${CONTAINERS}.1.Name`]: 'Main' },
  },
  {
    check: 'job-essential-container',
    at: CONTAINERS,
    bad: { [`${CONTAINERS}.0.Essential`]: false },
    good: { [`${CONTAINERS}.0.Essential`]: true },
  },
  {
    check: 'job-firelens',
    at: `${CONTAINERS}.0.LogConfiguration.LogDriver`,
    bad: { [`${CONTAINERS}.0.LogConfiguration`]: { LogDriver: 'awsfirelens' } },
    good: {
      [`${CONTAINERS}.0.LogConfiguration`]: { LogDriver: 'awsfirelens' },
      [`${CONTAINERS}.1.FirelensConfiguration`]: { Type: 'fluentbit' },
    },
  },
  {
    check: 'job-container-timeout',
    at: `${CONTAINERS}.0.StopTimeout`,
    bad: { 'TaskJob.PlatformCapabilities': ['FARGATE'], [`${CONTAINERS}.0.StopTimeout`]: 121 },
    good: { 'TaskJob.PlatformCapabilities': ['EC2'], [`${CONTAINERS}.0.StopTimeout`]: 121 },
  },
];
