import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as s3files from 'aws-cdk-lib/aws-s3files';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ContainerCondition,
  type ContainerOptions,
  type IJobQueue,
  JobLogging,
  JobQueue,
  JobSize,
  JobVolume,
  type PlatformCapability,
  PrivilegedAccess,
  type TaskContainerOptions,
} from '../../../lib';
import { importedVpc } from '../../support/stack';

/** A queue that is defined elsewhere: what its jobs run on is all that their definitions depend on. */
export const queueOn = (stack: Stack, platformCapability: PlatformCapability): IJobQueue =>
  JobQueue.fromJobQueueAttributes(stack, `QueueOn${platformCapability}`, {
    jobQueueArn: `arn:aws:batch:us-east-1:111111111111:job-queue/${platformCapability}`,
    platformCapability,
  });

/** What every container can have, wherever it runs. */
export function portableContainer(stack: Stack): ContainerOptions {
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'licence');
  const fileSystem = new efs.FileSystem(stack, 'Efs', { vpc: importedVpc(stack) });
  const accessPoint = fileSystem.addAccessPoint('Point');
  return {
    image: ecs.ContainerImage.fromRegistry('registry.example.com/app', { credentials: secret }),
    command: ['render', 'Ref::scene'],
    size: JobSize.of(1, Size.gibibytes(2)),
    environment: { QUALITY: 'final' },
    secrets: { LICENCE: batch.Secret.fromSecretsManager(secret) },
    user: '1000',
    readonlyRootFilesystem: false,
    mounts: [
      { volume: JobVolume.efs(fileSystem, { accessPoint, transitEncryptionPort: 2999 }), containerPath: '/efs' },
      { volume: JobVolume.efs(fileSystem, { rootDirectory: '/scenes' }), containerPath: '/scenes' },
    ],
    logging: JobLogging.splunk({
      options: { 'splunk-url': 'https://splunk.example.com' },
      secretOptions: { 'splunk-token': batch.Secret.fromSecretsManager(secret) },
    }),
    initProcess: true,
  };
}

/** What a container can have on EC2 instances, besides. */
export function onInstances(stack: Stack, portable: ContainerOptions): ContainerOptions {
  const files = new s3files.CfnFileSystem(stack, 'Files', {
    bucket: 'arn:aws:s3:::research',
    roleArn: 'arn:aws:iam::111111111111:role/files',
  });
  const point = new s3files.CfnAccessPoint(stack, 'FilesPoint', { fileSystemId: files.ref });
  return {
    ...portable,
    size: JobSize.gpu(1, 4, Size.gibibytes(8)),
    privileged: PrivilegedAccess.acknowledged('mounts the disks of the instance'),
    mounts: [
      ...(portable.mounts ?? []),
      {
        volume: JobVolume.s3Files(files, { accessPoint: point, rootDirectory: '/in', transitEncryptionPort: 3049 }),
        containerPath: '/in',
      },
      { volume: JobVolume.host('/opt/models'), containerPath: '/models', readOnly: true },
    ],
    sharedMemorySize: Size.gibibytes(1),
    tmpfs: [{ containerPath: '/tmp', size: Size.mebibytes(64), mountOptions: [batch.TmpfsMountOption.NOEXEC] }],
    devices: [{ hostPath: '/dev/fuse', containerPath: '/dev/fuse', permissions: [batch.DevicePermission.READ] }],
    ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 1024, hardLimit: 4096 }],
    maxSwap: Size.gibibytes(1),
    swappiness: 10,
  };
}

/** A log router, and the container that waits for it. */
export const inTask = (container: ContainerOptions): TaskContainerOptions[] => [
  {
    name: 'logs',
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/aws-observability/aws-for-fluent-bit:stable'),
    essential: false,
    firelens: { router: ecs.FirelensLogRouterType.FLUENTBIT, options: { 'enable-ecs-log-metadata': 'true' } },
  },
  {
    ...container,
    name: 'main',
    essential: true,
    dependsOn: [{ container: 'logs', condition: ContainerCondition.START }],
    startTimeout: Duration.minutes(2),
    stopTimeout: Duration.minutes(1),
  },
];
