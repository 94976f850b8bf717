import type { PodContainer } from './eks-container';
import type { PodOptions } from './eks-pod-options';
import { PodVolume } from './eks-pod-volume';

const TMP = /^\/tmp\/*$/;

/**
 * Decides whether the containers of a pod may write to their root file systems. Each that may not gets an empty directory
 * at `/tmp`, to which Kubernetes lets any user write.
 * @internal
 */
export function withScratch(pod: PodOptions): PodOptions {
  const own = (kind: string) => (container: PodContainer, index: number) =>
    scratchOf(container, `${kind}-${index + 1}`);
  return {
    ...pod,
    containers: pod.containers.map(own('tmp')),
    initContainers: pod.initContainers?.map(own('init-tmp')),
  };
}

function scratchOf(container: PodContainer, name: string): PodContainer {
  const { readonlyRootFilesystem = true, mounts = [] } = container;
  const isTaken = mounts.some(({ mountPath }) => TMP.test(mountPath));
  if (!readonlyRootFilesystem || isTaken) return { ...container, readonlyRootFilesystem };
  const scratch = { volume: PodVolume.emptyDir(name), mountPath: '/tmp' };
  return { ...container, readonlyRootFilesystem, mounts: [...mounts, scratch] };
}

/** Leaves the containers of a pod their root file systems to write to, unless they say otherwise. @internal */
export function writable(pod: PodOptions): PodOptions {
  const own = (container: PodContainer): PodContainer => ({
    ...container,
    readonlyRootFilesystem: container.readonlyRootFilesystem ?? false,
  });
  return { ...pod, containers: pod.containers.map(own), initContainers: pod.initContainers?.map(own) };
}
