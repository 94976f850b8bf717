import { gpusOf, NAMED_AS_GPU } from '../../lib/contracts/instances/instance-facts';
import { knownInstances } from '../../lib/contracts/instances/known-instances';

/** The GPUs that a compute environment can have. */
export interface GpuOffer {
  /** At once, in all of its instances. */
  readonly inAll: number;
  /** In one of its instances, where a job is. */
  readonly inOne: number;
}

export const NO_GPUS: GpuOffer = { inAll: 0, inOne: 0 };
/** Of instances that nobody here knows. */
export const ANY_GPUS: GpuOffer = { inAll: Number.MAX_SAFE_INTEGER, inOne: Number.MAX_SAFE_INTEGER };

/** As many as AWS Batch starts without more vCPUs than it may have, and one in any case. */
const instancesWithin = (maxvCpus: number, vcpus: number): number =>
  maxvCpus === 0 ? 0 : Math.max(1, Math.floor(maxvCpus / vcpus));

const offerOf = (name: string, maxvCpus: number): readonly GpuOffer[] => {
  const known = knownInstances(name);
  if (known.length === 0) return [NAMED_AS_GPU.test(name) ? ANY_GPUS : NO_GPUS];
  return known.map((type) => {
    const inOne = gpusOf(type);
    return { inOne, inAll: inOne * instancesWithin(maxvCpus, type.vcpus) };
  });
};

/** The most GPUs that instances of these types, families and groups have. */
export const gpuOffer = (instanceTypes: readonly string[], maxvCpus: number): GpuOffer =>
  instanceTypes
    .flatMap((name) => offerOf(name, maxvCpus))
    .reduce(
      (most, { inAll, inOne }) => ({ inAll: Math.max(most.inAll, inAll), inOne: Math.max(most.inOne, inOne) }),
      NO_GPUS,
    );
