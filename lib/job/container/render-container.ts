import { Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import { renderImage } from './container-image';
import type { ContainerOptions } from './container-options';
import { checkContainerPlatform } from './container-platform-check';
import { renderEnvironment, renderSecrets } from './job-environment';
import { JobLogging } from '../logging/job-logging';
import type { JobSize } from '../job-size';
import type { JobTask } from './job-task';
import { renderLinuxParameters, renderUlimits } from './linux-parameters';
import { sizeOf } from './task-size';
import type { TaskVolumes } from '../volume/task-volumes';

/** What containers of all kinds of ECS jobs have in common. @internal */
export type RenderedContainer = Pick<
  batch.CfnJobDefinition.TaskContainerPropertiesProperty & batch.CfnJobDefinition.ContainerPropertiesProperty,
  | 'image'
  | 'repositoryCredentials'
  | 'command'
  | 'environment'
  | 'secrets'
  | 'resourceRequirements'
  | 'logConfiguration'
  | 'linuxParameters'
  | 'readonlyRootFilesystem'
  | 'user'
  | 'privileged'
  | 'ulimits'
  | 'mountPoints'
>;

/** Renders a container and lets the roles of its task do what it needs. @internal */
export function renderContainer(task: JobTask, volumes: TaskVolumes, container: ContainerOptions): RenderedContainer {
  const { scope, platform, executionRole, requireLogGroup } = task;
  checkContainerPlatform(task, container);
  return {
    ...renderImage(scope, container.image, executionRole),
    command: container.command,
    environment: renderEnvironment(scope, container.environment),
    secrets: renderSecrets(scope, container.secrets, container.environment, executionRole),
    resourceRequirements: renderSize(sizeOf(container)),
    logConfiguration: (container.logging ?? JobLogging.awsLogs())._render({
      scope,
      platform,
      executionRole,
      logGroup: requireLogGroup,
    }),
    privileged: container.privileged?._render(scope),
    ulimits: renderUlimits(container),
    mountPoints: volumes.mountPoints(container.mounts),
    ...(task.isWindows ? {} : renderLinux(task, container)),
  };
}

function renderLinux(
  { scope }: JobTask,
  container: ContainerOptions,
): Pick<RenderedContainer, 'linuxParameters' | 'readonlyRootFilesystem' | 'user'> {
  return {
    linuxParameters: renderLinuxParameters(scope, container),
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    user: container.user ?? '1000:1000',
  };
}

function renderSize({ vcpus, memory, gpus }: JobSize): batch.CfnJobDefinition.ResourceRequirementProperty[] {
  const requirements = [
    { type: 'VCPU', value: Tokenization.stringifyNumber(vcpus) },
    { type: 'MEMORY', value: Tokenization.stringifyNumber(memory.toMebibytes()) },
  ];
  if (gpus === undefined) return requirements;
  return [...requirements, { type: 'GPU', value: Tokenization.stringifyNumber(gpus) }];
}
