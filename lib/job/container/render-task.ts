import type * as batch from 'aws-cdk-lib/aws-batch';
import type { JobTask } from './job-task';
import type { TaskNamespaceOptions } from '../multi-container-job-props';
import { renderContainer } from './render-container';
import { withScratch, writable } from './scratch';
import { ContainerCondition, type TaskContainerOptions } from './task-container-options';
import { checkContainers } from './task-containers-check';
import { checkSizes } from './task-size';
import { TaskVolumes } from '../volume/task-volumes';

/** Renders several containers as one task: what jobs of one and of several nodes have in common. @internal */
export function renderTask(
  task: JobTask,
  options: readonly TaskContainerOptions[],
  { pidMode, ipcMode }: TaskNamespaceOptions = {},
): batch.CfnJobDefinition.MultiNodeEcsTaskPropertiesProperty {
  // A log router writes its configuration where its image has it.
  const own = options.map((container) => (container.firelens === undefined ? container : writable(container)));
  const containers = own.map((container) => withScratch(task, container));
  checkContainers(task, containers);
  checkSizes(task, containers);
  const volumes = new TaskVolumes(task, containers);
  return {
    containers: containers.map((container) => renderTaskContainer(task, volumes, container)),
    taskRoleArn: task.jobRole.roleArn,
    executionRoleArn: task.executionRole.roleArn,
    volumes: volumes.properties,
    pidMode,
    ipcMode,
    enableExecuteCommand: task.options.enableExecuteCommand,
  };
}

function renderTaskContainer(
  task: JobTask,
  volumes: TaskVolumes,
  container: TaskContainerOptions,
): batch.CfnJobDefinition.TaskContainerPropertiesProperty {
  const { name, essential, dependsOn, startTimeout, stopTimeout, firelens } = container;
  return {
    name,
    essential: essential ?? true,
    ...renderContainer(task, volumes, container),
    dependsOn: dependsOn?.map((dependency) => ({
      containerName: dependency.container,
      condition: dependency.condition ?? ContainerCondition.START,
    })),
    startTimeout: startTimeout?.toSeconds(),
    stopTimeout: stopTimeout?.toSeconds(),
    firelensConfiguration: firelens && { type: firelens.router, options: firelens.options },
  };
}
