import type * as batch from 'aws-cdk-lib/aws-batch';
import { fail } from '../../private/check';
import type { ContainerOptions } from './container-options';
import type { JobTask } from './job-task';
import { renderContainer } from './render-container';
import { withScratch } from './scratch';
import { renderRuntime } from './task-runtime';
import { checkSizes } from './task-size';
import { TaskVolumes } from '../volume/task-volumes';

/** Renders a container that is a task by itself. @internal */
export function renderContainerProperties(
  task: JobTask,
  options: ContainerOptions,
): batch.CfnJobDefinition.ContainerPropertiesProperty {
  const container = withScratch(task, options);
  checkSizes(task, [container]);
  checkRouting(task, container);
  const volumes = new TaskVolumes(task, [container]);
  const { platformVersion, ...runtime } = renderRuntime(task);
  return {
    ...renderContainer(task, volumes, container),
    jobRoleArn: task.jobRole.roleArn,
    executionRoleArn: task.executionRole.roleArn,
    volumes: volumes.properties,
    enableExecuteCommand: task.options.enableExecuteCommand,
    fargatePlatformConfiguration: platformVersion === undefined ? undefined : { platformVersion },
    ...runtime,
  };
}

function checkRouting({ scope }: JobTask, { logging }: ContainerOptions): void {
  if (logging?._usesFirelens !== true) return;
  throw fail(
    scope,
    `'logging' is FireLens, which needs another container to route the lines: use MultiContainerJob with a container ` +
      `that has 'firelens'`,
    'job-firelens',
  );
}
