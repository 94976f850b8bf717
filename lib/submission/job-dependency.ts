import type { ArraySize } from './array-size';

/**
 * What a job waits for before it starts: the success of another job, child by child or as a whole.
 *
 * Ids of jobs are known when they are submitted: they are JSONata expressions such as `{% $states.input.JobId %}`.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_dependencies.html
 */
export class JobDependency {
  /** The whole job waits for the whole of another one. */
  public static on(jobId: string): JobDependency {
    return new JobDependency(jobId, undefined, undefined);
  }

  /** Each child of an array job waits for the child with the same index of another array job (`N_TO_N`). */
  public static nToN(jobId: string, options: NToNOptions = {}): JobDependency {
    return new JobDependency(jobId, 'N_TO_N', options.arraySize);
  }

  /** Each child of an array job waits for the child before it (`SEQUENTIAL`). */
  public static sequential(): JobDependency {
    return new JobDependency(undefined, 'SEQUENTIAL', undefined);
  }

  private constructor(
    /**
     * Id of the job that is waited for, or a JSONata expression that yields it.
     *
     * @default - the job itself: its children wait for each other
     */
    public readonly jobId?: string,
    /**
     * How AWS Batch calls the type of the dependency.
     *
     * @default - the whole job waits for the whole of the other one
     */
    public readonly dependencyType?: string,
    /**
     * Number of children of the job that is waited for.
     *
     * @default - not known
     */
    public readonly arraySize?: ArraySize,
  ) {}
}

/** What is known of the other array job. */
export interface NToNOptions {
  /**
   * Number of its children: both jobs must have equally many.
   *
   * @default - not known: AWS Batch refuses the job when it has another number
   */
  readonly arraySize?: ArraySize;
}
