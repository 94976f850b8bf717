import type { JobSize } from '../job/job-size';

/** What containers get for one submission, instead of what the job definition says. */
export interface ContainerOverrideOptions {
  /**
   * What the container executes. In a pod it replaces the entry point of the image.
   *
   * @default - the command of the job
   */
  readonly command?: string[];

  /**
   * Environment variables, beside those of the job and instead of those with the same name.
   *
   * Names must not start with `AWS_BATCH`; deploy-time values must not contain double quotes.
   *
   * @default - the variables of the job
   */
  readonly environment?: Record<string, string>;

  /**
   * vCPUs, memory and GPUs.
   *
   * @default - the size of the job
   */
  readonly size?: JobSize;
}

/** What one of several containers gets. */
export interface ContainerOverride extends ContainerOverrideOptions {
  /** Name of the container in the job definition. */
  readonly containerName: string;

  /**
   * Arguments of the entry point. For containers of pods only.
   *
   * @default - those of the job
   */
  readonly args?: string[];

  /**
   * Name of another image, such as `public.ecr.aws/docker/library/node:22`. For containers of pods only.
   *
   * @default - the image of the job
   */
  readonly image?: string;
}
