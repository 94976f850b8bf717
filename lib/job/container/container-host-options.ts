import type { Size } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';

/** A file system in memory. */
export interface TmpfsMount {
  /** Where the container sees it: an absolute path. */
  readonly containerPath: string;

  /** Most that it holds, in whole MiB. */
  readonly size: Size;

  /**
   * How it is mounted.
   *
   * @default - as Docker mounts it: writable, without set-user-id, devices and programs
   */
  readonly mountOptions?: batch.TmpfsMountOption[];
}

/** A device of the instance that a container sees. */
export interface HostDevice {
  /** Path of the device on the instance. */
  readonly hostPath: string;

  /**
   * Where the container sees it.
   *
   * @default - where the instance has it
   */
  readonly containerPath?: string;

  /**
   * What the container may do with it.
   *
   * @default - read, write and create it
   */
  readonly permissions?: batch.DevicePermission[];
}

/** A limit that the kernel keeps for the processes of a container. */
export interface ResourceLimit {
  /** What is limited. */
  readonly name: ecs.UlimitName;

  /** What processes start with; -1 is no limit. */
  readonly softLimit: number;

  /**
   * What processes may raise it to; -1 is no limit.
   *
   * @default - the soft limit
   */
  readonly hardLimit?: number;
}
