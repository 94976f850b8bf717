import { PlatformCapability } from '../../compute/compute-environment';
import { JobVolume } from '../volume/job-volume';
import type { ContainerOptions } from './container-options';
import type { JobTask } from './job-task';

/** Where programs write what they need for a while. */
const TMP = /^\/tmp\/*$/;

/**
 * Decides whether a container may write to its root file system. One that may not gets a scratch volume at `/tmp`.
 *
 * On EC2, Docker gives an empty volume the owner and the mode of the directory in the image, so that any user may write. On
 * Fargate it belongs to root, unless the image declares it, and of ECS Managed Instances nobody says: that is left to those
 * who know their image (docs/decisions/0019-read-only-root.md).
 * @internal
 */
export function withScratch<C extends ContainerOptions>({ platform, options, isWindows }: JobTask, container: C): C {
  if (isWindows) return container;
  // The agent of ECS Exec writes to the root file system.
  const byDefault = platform === PlatformCapability.EC2 && options.enableExecuteCommand !== true;
  const readonlyRootFilesystem = container.readonlyRootFilesystem ?? byDefault;
  const { mounts = [], tmpfs = [] } = container;
  const isTaken = [...mounts, ...tmpfs].some(({ containerPath }) => TMP.test(containerPath));
  if (!readonlyRootFilesystem || isTaken) return { ...container, readonlyRootFilesystem };
  const scratch = { volume: JobVolume.ephemeral(), containerPath: '/tmp' };
  return { ...container, readonlyRootFilesystem, mounts: [...mounts, scratch] };
}

/** Leaves a container its root file system to write to, unless it says otherwise. @internal */
export const writable = <C extends ContainerOptions>(container: C): C => ({
  ...container,
  readonlyRootFilesystem: container.readonlyRootFilesystem ?? false,
});
