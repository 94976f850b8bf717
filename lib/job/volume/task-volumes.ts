import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import { isAbsolutePath, isContainerName } from '../../contracts/rules/container';
import { fail } from '../../private/check';
import type { ContainerMount } from '../container/container-mount';
import type { ContainerOptions } from '../container/container-options';
import type { JobTask } from '../container/job-task';
import type { JobVolume } from './job-volume';

/** The volumes that the containers of one task mount, each of them once. @internal */
export class TaskVolumes {
  /** The volumes as the job definition lists them; nothing when there are none. */
  public readonly properties: batch.CfnJobDefinition.VolumesProperty[] | undefined;

  private readonly names: ReadonlyMap<JobVolume, string>;

  public constructor(
    private readonly task: JobTask,
    containers: readonly ContainerOptions[],
  ) {
    const mounts = containers.flatMap((container) => container.mounts ?? []);
    const volumes = [...new Set(mounts.map(({ volume }) => volume))];
    this.names = new Map(volumes.map((volume, index) => [volume, volume.name ?? `volume${index + 1}`]));
    checkNames(task, [...this.names.values()]);
    const { scope, platform, jobRole, options } = task;
    const platformVersion = options.fargate?.platformVersion;
    const render = (volume: JobVolume): batch.CfnJobDefinition.VolumesProperty => {
      const writable = mounts.some((mount) => mount.volume === volume && mount.readOnly !== true);
      return {
        name: this.names.get(volume),
        ...volume._render({ scope, platform, platformVersion, jobRole, writable }),
      };
    };
    this.properties = volumes.length === 0 ? undefined : volumes.map(render);
  }

  /** Where one container sees the volumes. */
  public mountPoints(mounts: readonly ContainerMount[] = []): batch.CfnJobDefinition.MountPointProperty[] | undefined {
    if (mounts.length === 0) return undefined;
    checkPaths(
      this.task,
      mounts.map(({ containerPath }) => containerPath),
    );
    return mounts.map(({ volume, containerPath, readOnly }) => ({
      sourceVolume: this.names.get(volume),
      containerPath,
      readOnly: readOnly ?? false,
    }));
  }
}

function checkNames({ scope }: JobTask, names: readonly string[]): void {
  for (const name of names) {
    if (Token.isUnresolved(name)) continue;
    if (!isContainerName(name)) {
      throw fail(
        scope,
        `the name of a volume must have 1 to 255 letters, digits, '-' and '_', got ${JSON.stringify(name)}`,
        'job-volume-name',
      );
    }
    if (names.filter((other) => other === name).length > 1) {
      throw fail(
        scope,
        `two volumes have the name ${JSON.stringify(name)}: name them differently, or mount one JobVolume twice`,
        'job-volume-name',
      );
    }
  }
}

function checkPaths({ scope }: JobTask, paths: readonly string[]): void {
  for (const path of paths) {
    if (Token.isUnresolved(path)) continue;
    if (!isAbsolutePath(path)) {
      throw fail(
        scope,
        `'containerPath' of a mount must be an absolute path, got ${JSON.stringify(path)}`,
        'job-mount-path',
      );
    }
    if (paths.filter((other) => other === path).length > 1) {
      throw fail(scope, `two volumes are mounted at ${JSON.stringify(path)}: choose another path`, 'job-mount-path');
    }
  }
}
