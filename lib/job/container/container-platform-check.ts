import { PlatformCapability } from '../../compute/compute-environment';
import { fail } from '../../private/check';
import type { ContainerOptions } from './container-options';
import type { JobTask } from './job-task';

/** Of EC2 instances only (https://docs.aws.amazon.com/batch/latest/userguide/fargate.html). */
const NOT_ON_FARGATE = [
  'privileged',
  'ulimits',
  'devices',
  'tmpfs',
  'sharedMemorySize',
  'maxSwap',
  'swappiness',
] as const satisfies readonly (keyof ContainerOptions)[];

/** Of Linux only (https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html). */
const NOT_ON_WINDOWS = [
  'user',
  'readonlyRootFilesystem',
  'initProcess',
] as const satisfies readonly (keyof ContainerOptions)[];

/** Refuses what the platform of a job does not offer its containers. @internal */
export function checkContainerPlatform(task: JobTask, container: ContainerOptions): void {
  const { scope, platform, isWindows, options } = task;
  const asked = (name: keyof ContainerOptions): boolean => container[name] !== undefined && container[name] !== false;
  const refused = platform === PlatformCapability.FARGATE ? NOT_ON_FARGATE.find(asked) : undefined;
  if (refused !== undefined) {
    throw fail(scope, `'${refused}' must be left out on Fargate: use a queue of EC2`, 'job-fargate-unsupported');
  }
  const unknown = isWindows ? NOT_ON_WINDOWS.find(asked) : undefined;
  if (unknown !== undefined) {
    throw fail(scope, `'${unknown}' must be left out for containers of Windows`, 'job-windows-unsupported');
  }
  if (options.enableExecuteCommand === true && container.readonlyRootFilesystem === true) {
    throw fail(
      scope,
      `'enableExecuteCommand' needs a file system that can be written to: leave 'readonlyRootFilesystem' out`,
      'job-execute-command',
    );
  }
}
