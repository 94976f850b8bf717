import type * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import type { JobTask } from './job-task';
import type { TaskNamespaceOptions } from '../multi-container-job-props';
import { renderTask } from './render-task';
import type { TaskContainerOptions } from './task-container-options';
import { renderRuntime } from './task-runtime';

/** Renders the one task of a job that runs on one node. @internal */
export function renderEcsProperties(
  task: JobTask,
  containers: readonly TaskContainerOptions[],
  namespaces: TaskNamespaceOptions = {},
): batch.CfnJobDefinition.EcsPropertiesProperty {
  if (task.platform === PlatformCapability.FARGATE) checkNamespaces(task, namespaces);
  const { pidMode, ipcMode } = namespaces;
  return {
    taskProperties: [
      {
        ...renderTask(task, containers, { pidMode, ipcMode }),
        ...renderRuntime(task),
        // The only mode that there is, and only there: https://docs.aws.amazon.com/batch/latest/APIReference/API_EcsTaskProperties.html
        networkMode: task.platform === PlatformCapability.MANAGED_INSTANCES ? 'host' : undefined,
      },
    ],
  };
}

function checkNamespaces({ scope }: JobTask, { pidMode, ipcMode }: TaskNamespaceOptions): void {
  if (pidMode !== undefined && pidMode !== ecs.PidMode.TASK) {
    throw fail(scope, `'pidMode' must be TASK on Fargate, got ${pidMode}`, 'job-fargate-unsupported');
  }
  if (ipcMode !== undefined) {
    throw fail(scope, `'ipcMode' must be left out on Fargate, got ${ipcMode}`, 'job-fargate-unsupported');
  }
}
