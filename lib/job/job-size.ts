import type { Size } from 'aws-cdk-lib';

/**
 * What one job gets: vCPUs, memory and GPUs.
 *
 * Whether a queue can offer it is checked where both come together, in the job.
 */
export class JobSize {
  /**
   * vCPUs and memory.
   *
   * On EC2 any whole number of vCPUs and at least 4 MiB. An instance keeps some of its memory for itself, about 4 % and 332
   * MiB: a job that asks for more of the largest instance than is left may wait forever, and one that asks for all of it is
   * refused. On Fargate one of the pairs in https://docs.aws.amazon.com/batch/latest/userguide/fargate.html.
   */
  public static of(vcpus: number, memory: Size): JobSize {
    return new JobSize(vcpus, memory, undefined);
  }

  /** Whole GPUs beside vCPUs and memory. EC2 only. */
  public static gpu(gpus: number, vcpus: number, memory: Size): JobSize {
    return new JobSize(vcpus, memory, gpus);
  }

  private constructor(
    /** Number of vCPUs. */
    public readonly vcpus: number,
    /** Memory that the container may use; a container that asks for more is killed. */
    public readonly memory: Size,
    /**
     * Number of GPUs.
     *
     * @default - no GPU
     */
    public readonly gpus?: number,
  ) {}
}
