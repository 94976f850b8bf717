import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  BatchJob,
  type BatchPlatform,
  ContainerCondition,
  EksJob,
  type IBatchJob,
  JobLogging,
  JobRetry,
  JobSize,
  JobVolume,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PodVolume,
  RetryRule,
} from 'cdk-batch-platform';
import type { Queues } from './compute';

/** The jobs that the showcase submits by itself. */
export interface Jobs {
  readonly align: IBatchJob;
  readonly resize: IBatchJob;
  readonly weather: IBatchJob;
}

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim');
const say = (text: string): string[] => ['node', '-e', `console.log(${JSON.stringify(text)})`];

/** Each kind of job, on the queue of its kind. */
export function defineJobs(stack: Stack, platform: BatchPlatform, queues: Queues): Jobs {
  const seats = new batch.ConsumableResource(stack, 'Seats', {
    resourceType: batch.ConsumableResourceType.REPLENISHABLE,
    totalQuantity: 20,
  });
  const licence = secretsmanager.Secret.fromSecretNameV2(stack, 'Licence', 'showcase/licence');
  const align = new BatchJob(stack, 'Align', {
    queue: queues.shared,
    shareIdentifier: 'research',
    image,
    command: [...say('aligned'), 'Ref::sample'],
    requiredParameters: ['sample'],
    size: JobSize.of(4, Size.gibibytes(8)),
    secrets: { LICENCE: batch.Secret.fromSecretsManager(licence) },
    mounts: [{ volume: JobVolume.host('/scratch'), containerPath: '/scratch' }],
    consumableResources: [{ resource: seats, quantity: 1 }],
    retry: JobRetry.of({ attempts: 5, rules: [RetryRule.SPOT_RECLAIMED, RetryRule.retryOn({ exitCode: '75' })] }),
    reads: [platform.bucket],
    timeout: Duration.hours(6),
  });

  new BatchJob(stack, 'Train', {
    queue: queues.gpu,
    image,
    command: say('trained'),
    size: JobSize.gpu(1, 4, Size.gibibytes(14)),
    sharedMemorySize: Size.gibibytes(8),
  });

  const models = efs.FileSystem.fromFileSystemAttributes(stack, 'Models', {
    fileSystemId: 'fs-0123456789abcdef0',
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'ModelsSecurityGroup', 'sg-0fedcba9876543210'),
  });
  const resize = new BatchJob(stack, 'Resize', {
    queue: queues.serverless,
    image,
    command: [...say('resized'), 'Ref::key'],
    parameters: { key: 'all' },
    size: JobSize.of(0.5, Size.gibibytes(2)),
    mounts: [{ volume: JobVolume.efs(models), containerPath: '/models', readOnly: true }],
    fargate: { architecture: ec2.InstanceArchitecture.ARM_64, ephemeralStorage: Size.gibibytes(40) },
  });

  const work = JobVolume.ephemeral();
  new MultiContainerJob(stack, 'Simulate', {
    queue: queues.managed,
    containers: [
      {
        name: 'prepare',
        image,
        command: say('ready'),
        mounts: [{ volume: work, containerPath: '/w' }],
        essential: false,
      },
      {
        name: 'simulate',
        image,
        command: say('simulated'),
        mounts: [{ volume: work, containerPath: '/w' }],
        dependsOn: [
          { container: 'prepare', condition: ContainerCondition.SUCCESS },
          { container: 'logs', condition: ContainerCondition.START },
        ],
        logging: JobLogging.firelens({ options: { Name: 'stdout' } }),
      },
      {
        name: 'logs',
        image: ecs.ContainerImage.fromRegistry('public.ecr.aws/aws-observability/aws-for-fluent-bit:stable'),
        size: JobSize.of(1, Size.mebibytes(256)),
        essential: false,
        firelens: { router: ecs.FirelensLogRouterType.FLUENTBIT },
      },
    ],
  });

  const weather = new MultiNodeJob(stack, 'Weather', {
    queue: queues.mpi,
    nodeGroups: [NodeGroup.of(4, { image, command: say('computed'), size: JobSize.of(96, Size.gibibytes(300)) })],
  });

  new EksJob(stack, 'Pod', {
    queue: queues.pods,
    containers: [
      {
        image,
        args: say('done'),
        size: JobSize.of(1, Size.gibibytes(2)),
        mounts: [{ volume: PodVolume.emptyDir('tmp'), mountPath: '/tmp' }],
      },
    ],
  });
  return { align, resize, weather };
}
