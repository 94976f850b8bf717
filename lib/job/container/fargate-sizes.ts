import { FARGATE_MEMORY_MIB } from '../../contracts/fargate-sizes';

/** A number of vCPUs and MiB of memory that Fargate offers. @internal */
export interface FargateSize {
  readonly vcpus: number;
  readonly memoryMiB: number;
}

const ALL: readonly FargateSize[] = [...FARGATE_MEMORY_MIB].flatMap(([vcpus, memory]) =>
  memory.map((memoryMiB) => ({ vcpus, memoryMiB })),
);

/** The smallest pair that offers at least what is asked for; the largest of all when none does. @internal */
export function nearestFargateSize(vcpus: number, memoryMiB: number): FargateSize {
  const enough = ALL.find((size) => size.vcpus >= vcpus && size.memoryMiB >= memoryMiB);
  return enough ?? ALL[ALL.length - 1];
}
