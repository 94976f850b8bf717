import type { Duration } from 'aws-cdk-lib';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ContainerOptions } from './container-options';

/** How far another container must have come before a container starts. */
export enum ContainerCondition {
  /** It has started. */
  START = 'START',
  /** It has ended, however it did. Only a container that is not essential may. */
  COMPLETE = 'COMPLETE',
  /** It has ended with exit code 0. Only a container that is not essential may. */
  SUCCESS = 'SUCCESS',
}

/** Another container that has to come first. */
export interface ContainerDependency {
  /** Name of the other container. */
  readonly container: string;

  /**
   * How far it must have come.
   *
   * @default ContainerCondition.START
   */
  readonly condition?: ContainerCondition;
}

/** How a container routes the log lines of the others. */
export interface FirelensOptions {
  /** Which router its image holds. */
  readonly router: ecs.FirelensLogRouterType;

  /**
   * What the router is told: `enable-ecs-log-metadata`, `config-file-type` and `config-file-value`.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_FirelensConfiguration.html
   * @default - what ECS configures by itself
   */
  readonly options?: Record<string, string>;
}

/** One of the containers of a task. */
export interface TaskContainerOptions extends ContainerOptions {
  /** Name of the container: letters, digits, `-` and `_`, at most 255. Submissions and other containers name it by this. */
  readonly name: string;

  /**
   * Whether the job ends when this container does, and fails when it does. The others are stopped then.
   *
   * Leave `true` for what does the work, say `false` for sidecars and for what only prepares.
   *
   * @default true
   */
  readonly essential?: boolean;

  /**
   * Containers that have to come first.
   *
   * @default - the container starts at once
   */
  readonly dependsOn?: ContainerDependency[];

  /**
   * How long ECS waits for the containers in `dependsOn` before it gives up, at least 2 seconds; at most 2 minutes on
   * Fargate.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html
   * @default - as long as ECS waits by itself
   */
  readonly startTimeout?: Duration;

  /**
   * How long the container may take to end when it is told to stop, at least 2 seconds; at most 2 minutes on Fargate.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html
   * @default - 30 seconds, or what the ECS agent of the instance says
   */
  readonly stopTimeout?: Duration;

  /**
   * Makes the container the log router of the others, which send their output by `JobLogging.firelens`.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
   * @default - it routes nothing
   */
  readonly firelens?: FirelensOptions;
}
