import { clientError } from './checks';
import type { Needs } from './container';

const GIB = 1024;
const steps = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/** Memory in MiB that Fargate offers, by vCPUs. */
const MEMORY_BY_VCPUS: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [512, GIB, 2 * GIB]],
  [0.5, steps(GIB, 4 * GIB, GIB)],
  [1, steps(2 * GIB, 8 * GIB, GIB)],
  [2, steps(4 * GIB, 16 * GIB, GIB)],
  [4, steps(8 * GIB, 30 * GIB, GIB)],
  [8, steps(16 * GIB, 60 * GIB, 4 * GIB)],
  [16, steps(32 * GIB, 120 * GIB, 8 * GIB)],
  [32, [60 * GIB, 120 * GIB, 244 * GIB]],
]);

/** Refuses a size that Fargate does not offer. */
export const checkFargateSize = ({ vcpus, memoryMiB }: Needs): void => {
  const offered = MEMORY_BY_VCPUS.get(vcpus);
  if (offered === undefined) {
    throw clientError(`Fargate offers ${[...MEMORY_BY_VCPUS.keys()].join(', ')} vCPUs, got ${vcpus}`);
  }
  if (!offered.includes(memoryMiB)) {
    throw clientError(`with ${vcpus} vCPUs Fargate offers ${offered.join(', ')} MiB of memory, got ${memoryMiB}`);
  }
};
