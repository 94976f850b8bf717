import type { Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What a job takes of one instance, or of one task on Fargate, at the same time. */
export interface JobDemand {
  /** Number of vCPUs, those of all containers that run together. */
  readonly vcpus: number;

  /** Memory, that of all containers that run together. */
  readonly memory: Size;

  /**
   * Number of GPUs.
   *
   * @default - no GPU
   */
  readonly gpus?: number;

  /**
   * Processor architecture that the image is made for.
   *
   * @default - not known, or that of the queue
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * Number of instances that take this at the same time, as the nodes of a multi-node parallel job do.
   *
   * @default - one, and the job is not a multi-node parallel job
   */
  readonly nodes?: number;
}
