import { FARGATE_MEMORY_MIB } from '../../lib/contracts/fargate-sizes';
import { clientError } from './checks';
import type { Needs } from './container';

/** Refuses a size that Fargate does not offer. */
export const checkFargateSize = ({ vcpus, memoryMiB }: Needs): void => {
  const offered = FARGATE_MEMORY_MIB.get(vcpus);
  if (offered === undefined) {
    throw clientError(`Fargate offers ${[...FARGATE_MEMORY_MIB.keys()].join(', ')} vCPUs, got ${vcpus}`);
  }
  if (!offered.includes(memoryMiB)) {
    throw clientError(`with ${vcpus} vCPUs Fargate offers ${offered.join(', ')} MiB of memory, got ${memoryMiB}`);
  }
};
