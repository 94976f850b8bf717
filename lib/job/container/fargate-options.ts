import type { Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';

/** What only Fargate asks for. */
export interface FargateOptions {
  /**
   * Processor architecture that the image is made for. Windows is x86-64 only.
   *
   * @default ec2.InstanceArchitecture.X86_64
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Operating system that the image is made for.
   *
   * Windows containers are paid more, take no user, ulimits or Linux parameters, and get no Spot capacity.
   *
   * @default ecs.OperatingSystemFamily.LINUX
   */
  readonly operatingSystem?: ecs.OperatingSystemFamily;

  /**
   * Disk of the job, 21 to 200 whole GiB; what is above 20 GiB is paid by the hour.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EphemeralStorage.html
   * @default - 20 GiB, which cost nothing
   */
  readonly ephemeralStorage?: Size;

  /**
   * Version of the platform, where something needs an older one. Volumes of EFS want 1.4.0 or later.
   *
   * @default ecs.FargatePlatformVersion.LATEST
   */
  readonly platformVersion?: ecs.FargatePlatformVersion;

  /**
   * Whether the job has a public address: it needs one in a public subnet, where it cannot pull its image without
   * (warning `job-public-address`).
   *
   * @default - true if the queue is known to have public subnets, false otherwise
   */
  readonly assignPublicIp?: boolean;
}
