import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { JobProps } from './job-props';
import type { TaskContainerOptions } from './container/task-container-options';
import type { SingleTaskOptions } from './container/task-options';

/** What containers of a task share with each other, or with their host. */
export interface TaskNamespaceOptions {
  /**
   * Whose processes the containers see. On Fargate only `ecs.PidMode.TASK`.
   *
   * @default - each container sees its own
   */
  readonly pidMode?: ecs.PidMode;

  /**
   * With whom the containers share memory and semaphores. Not for Fargate.
   *
   * @default - as Docker on the instance says: each container has its own
   */
  readonly ipcMode?: ecs.IpcMode;
}

/** What runs in a job of several containers, and where. */
export interface MultiContainerJobProps extends JobProps, SingleTaskOptions, TaskNamespaceOptions {
  /** Containers that run together, 1 to 10; at least one is essential. */
  readonly containers: TaskContainerOptions[];
}
