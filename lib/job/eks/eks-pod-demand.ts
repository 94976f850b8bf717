import { Size, Token } from 'aws-cdk-lib';
import type { PodContainer } from './eks-container';
import { sizeOf } from './eks-container-size';
import type { PodOptions } from './eks-pod-options';
import type { JobDemand } from '../job-demand';

/** What a container takes of its node, in numbers. */
interface Taken {
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly gpus: number;
}

const NOTHING: Taken = { vcpus: 0, memoryMiB: 0, gpus: 0 };

/**
 * What a pod takes of its node: the sum of its containers or, if that is more, the largest of those that run before
 * them; nothing is known when part of it is known at deploy time only
 * (https://kubernetes.io/docs/concepts/workloads/pods/init-containers/).
 * @internal
 */
export function demandOf(pod: PodOptions): JobDemand | undefined {
  const containers = pod.containers.map(takenBy);
  const initContainers = (pod.initContainers ?? []).map(takenBy);
  const together = combine(containers, (one, other) => one + other);
  const { vcpus, memoryMiB, gpus } = combine([together, ...initContainers], Math.max);
  if ([...containers, ...initContainers].includes(undefined)) return undefined;
  return { vcpus, memory: Size.mebibytes(memoryMiB), gpus: gpus === 0 ? undefined : gpus };
}

function takenBy(container: PodContainer): Taken | undefined {
  const { vcpus, memory, gpus = 0 } = sizeOf(container);
  if (memory.isUnresolved() || Token.isUnresolved(vcpus) || Token.isUnresolved(gpus)) return undefined;
  return { vcpus, memoryMiB: memory.toMebibytes(), gpus };
}

function combine(all: readonly (Taken | undefined)[], how: (one: number, other: number) => number): Taken {
  return all.reduce<Taken>(
    (sum, one = NOTHING) => ({
      vcpus: how(sum.vcpus, one.vcpus),
      memoryMiB: how(sum.memoryMiB, one.memoryMiB),
      gpus: how(sum.gpus, one.gpus),
    }),
    NOTHING,
  );
}
