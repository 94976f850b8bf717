import type { Size } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ContainerMount } from './container-mount';
import type { HostDevice, ResourceLimit, TmpfsMount } from './container-host-options';
import type { JobLogging } from '../logging/job-logging';
import type { JobSize } from '../job-size';
import type { PrivilegedAccess } from '../privileged-access';

/** What runs in a container, what it gets, and what it may do. */
export interface ContainerOptions {
  /** Image of the container. Its architecture must be that of the queue's compute environments. */
  readonly image: ecs.ContainerImage;

  /**
   * What the container executes. `Ref::name` stands for the parameter `name`, whose value could be any command in the script
   * of a shell: let the script read it as an argument.
   *
   * @default - what the image executes
   */
  readonly command?: string[];

  /**
   * What the container gets.
   *
   * @default - 1 vCPU and 2 GiB of memory
   */
  readonly size?: JobSize;

  /**
   * Environment variables with plain values. Names must not start with `AWS_BATCH`.
   *
   * @default - only the variables that AWS Batch and the submission set
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables with values from Secrets Manager or the Systems Manager Parameter Store.
   *
   * ECS reads them when the container starts, as the execution role; the job role gets no access to them.
   *
   * @default - no secrets
   */
  readonly secrets?: Record<string, batch.Secret>;

  /**
   * User and group that the container runs as, `user`, `user:group`, by name or number. Not for Windows.
   *
   * @default '1000:1000' - not root, whatever the image says
   */
  readonly user?: string;

  /**
   * Whether the container may not write to its root file system. Instead it has a scratch volume at `/tmp`, unless `mounts`
   * or `tmpfs` have something there. Not for Windows.
   *
   * On EC2 any user may write to the scratch volume that may write to `/tmp` of the image. On Fargate only root may, unless
   * the image declares `VOLUME /tmp` (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html).
   *
   * @default - true on EC2; false on Fargate, on ECS Managed Instances, for log routers, with `enableExecuteCommand`, and for
   * multi-node jobs, as MPI and SSH write to the root file system
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Gives the container the rights of root on its host, as `PrivilegedAccess.acknowledged('why')`: it can reach all that the
   * instance can. Not for Fargate.
   *
   * @default - the container has no rights on its host
   */
  readonly privileged?: PrivilegedAccess;

  /**
   * Volumes that the container sees, and where.
   *
   * @default - only its own file system, which is gone with it
   */
  readonly mounts?: ContainerMount[];

  /**
   * Where the output of the container goes.
   *
   * @default - to the log group of the job
   */
  readonly logging?: JobLogging;

  /**
   * Whether a process of its own passes signals on to the command and reaps what it leaves behind.
   *
   * @default true - without it a command that runs as PID 1 may never see that it is told to stop
   */
  readonly initProcess?: boolean;

  /**
   * Size of `/dev/shm`, in whole MiB; training with many data loaders wants gigabytes. Not for Fargate.
   *
   * @default - 64 MiB, the default of Docker
   */
  readonly sharedMemorySize?: Size;

  /**
   * File systems in memory. They count as memory of the container. Not for Fargate.
   *
   * @default - all that the container writes goes to disk
   */
  readonly tmpfs?: TmpfsMount[];

  /**
   * Devices of the instance that the container sees, such as `/dev/infiniband/uverbs0` where the compute environment has
   * `Interconnect.efa`. GPUs need none: ask for them in `size`. Not for Fargate.
   *
   * @default - no devices but those that Docker gives each container
   */
  readonly devices?: HostDevice[];

  /**
   * Limits that the kernel keeps for the processes of the container. Not for Fargate.
   *
   * @default - those of the host
   */
  readonly ulimits?: ResourceLimit[];

  /**
   * Swap space beside the memory, in whole MiB; the instance has to have some. Not for Fargate.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_LinuxParameters.html
   * @default - twice the memory, if the instance has swap space at all
   */
  readonly maxSwap?: Size;

  /**
   * How readily memory is swapped, 0 to 100; it needs `maxSwap`. Not for Fargate.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_LinuxParameters.html
   * @default 60
   */
  readonly swappiness?: number;
}
