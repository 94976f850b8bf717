import type { ContainerOptions } from './container/container-options';
import type { JobProps } from './job-props';
import type { SingleTaskOptions } from './container/task-options';

/** What runs in a job of one container, and where. */
export interface BatchJobProps extends JobProps, ContainerOptions, SingleTaskOptions {}
