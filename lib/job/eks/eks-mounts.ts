import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { isMountPath, isSubPath } from '../../contracts/rules/kubernetes';
import { fail } from '../../private/check';
import type { PodContainer } from './eks-container';
import { inWords } from './eks-container-size';
import type { PodVolume, PodVolumeMount } from './eks-pod-volume';

/** Renders where a container sees which volumes. @internal */
export function renderMounts(
  scope: IConstruct,
  container: PodContainer,
): batch.CfnJobDefinition.EksContainerVolumeMountProperty[] | undefined {
  const mounts = container.mounts ?? [];
  const paths = new Set<string>();
  for (const mount of mounts) {
    checkMount(scope, container, mount);
    if (paths.has(mount.mountPath)) {
      throw fail(
        scope,
        `${inWords(container)} mounts two volumes at ${JSON.stringify(mount.mountPath)}: choose a path for each`,
        'job-eks-mount',
      );
    }
    paths.add(mount.mountPath);
  }
  if (mounts.length === 0) return undefined;
  return mounts.map(({ volume, mountPath, subPath, readOnly }) => ({
    name: volume.name,
    mountPath,
    subPath,
    readOnly: readOnly ?? false,
  }));
}

/** Renders the volumes that containers of a pod mount, each once. @internal */
export function renderVolumes(
  scope: IConstruct,
  containers: readonly PodContainer[],
): batch.CfnJobDefinition.EksVolumeProperty[] | undefined {
  const volumes = new Map<string, PodVolume>();
  for (const { volume } of containers.flatMap(({ mounts }) => mounts ?? [])) {
    const known = volumes.get(volume.name);
    if (known !== undefined && known !== volume) {
      throw fail(
        scope,
        `two volumes of the pod have the name '${volume.name}': rename one, or let all containers mount the same one`,
        'job-eks-duplicate-name',
      );
    }
    volumes.set(volume.name, volume);
  }
  return volumes.size === 0 ? undefined : [...volumes.values()].map((volume) => volume._render(scope));
}

function checkMount(scope: IConstruct, container: PodContainer, { mountPath, subPath }: PodVolumeMount): void {
  if (!Token.isUnresolved(mountPath) && !isMountPath(mountPath)) {
    const got = JSON.stringify(mountPath);
    throw fail(
      scope,
      `'mountPath' of ${inWords(container)} must be an absolute path without ':', got ${got}`,
      'job-eks-mount',
    );
  }
  if (subPath === undefined || Token.isUnresolved(subPath)) return;
  if (!isSubPath(subPath)) {
    throw fail(
      scope,
      `'subPath' of ${inWords(container)} must be a path inside of the volume, got ${JSON.stringify(subPath)}`,
      'job-eks-mount',
    );
  }
}
