import type { JobVolume } from '../volume/job-volume';

/** Where a container sees a volume. */
export interface ContainerMount {
  /** What is mounted. The same object in several containers of a job is one volume that they share. */
  readonly volume: JobVolume;

  /** Absolute path in the container. */
  readonly containerPath: string;

  /**
   * Whether the container may not write to it. When no container of the job writes, the job role may not write either.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
