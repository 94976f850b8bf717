import type { Duration } from 'aws-cdk-lib';

/** When instances pull images that they have already. */
export enum ImagePullBehavior {
  /** Pulls; uses the image that is there if that fails. */
  DEFAULT = 'default',
  /** Pulls each time, and fails if that fails. */
  ALWAYS = 'always',
  /** Pulls what no job on the instance has pulled before. */
  ONCE = 'once',
  /** Uses the image that is there; pulls if there is none. Tags that move, such as `latest`, go stale. */
  PREFER_CACHED = 'prefer-cached',
}

/**
 * How the ECS agent on the instances behaves.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
export interface EcsAgentSettings {
  /**
   * When images are pulled that the instance has already. `ONCE` and `PREFER_CACHED` start many short jobs faster.
   *
   * @default ImagePullBehavior.DEFAULT
   */
  readonly imagePullBehavior?: ImagePullBehavior;

  /**
   * How long containers may take to end once they are told to, before they are killed. On Spot, AWS takes the instance 2
   * minutes after it says so.
   *
   * @default Duration.seconds(30)
   */
  readonly containerStopTimeout?: Duration;

  /**
   * Whether an instance takes no more jobs once AWS says that it takes it back.
   *
   * @default - true on Spot
   */
  readonly spotInstanceDraining?: boolean;

  /**
   * Whether containers are kept from the metadata, and so from the role, of the instance: those of multi-node jobs by the
   * agent, others by a rule of the firewall for all users but root. Containers behind a bridge always are.
   *
   * @default true
   */
  readonly blockInstanceMetadata?: boolean;

  /**
   * More variables by name, such as `ECS_IMAGE_MINIMUM_CLEANUP_AGE`.
   *
   * @default - no other variables than those of the properties here and of AWS Batch
   */
  readonly variables?: Record<string, string>;
}
