const GIB = 1024;

const steps = (first: number, last: number, step: number): number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);

/** Memory in MiB that Fargate offers for a number of vCPUs (https://docs.aws.amazon.com/batch/latest/userguide/fargate.html). */
const FARGATE_MEMORY: readonly (readonly [vcpus: number, memory: readonly number[]])[] = [
  [0.25, [512, GIB, 2 * GIB]],
  [0.5, steps(GIB, 4 * GIB, GIB)],
  [1, steps(2 * GIB, 8 * GIB, GIB)],
  [2, steps(4 * GIB, 16 * GIB, GIB)],
  [4, steps(8 * GIB, 30 * GIB, GIB)],
  [8, steps(16 * GIB, 60 * GIB, 4 * GIB)],
  [16, steps(32 * GIB, 120 * GIB, 8 * GIB)],
  [32, [60 * GIB, 120 * GIB, 244 * GIB]],
];

/** A number of vCPUs and MiB of memory that Fargate offers. @internal */
export interface FargateSize {
  readonly vcpus: number;
  readonly memoryMiB: number;
}

const ALL: readonly FargateSize[] = FARGATE_MEMORY.flatMap(([vcpus, memory]) =>
  memory.map((memoryMiB) => ({ vcpus, memoryMiB })),
);

/** The smallest pair that offers at least what is asked for; the largest of all when none does. @internal */
export function nearestFargateSize(vcpus: number, memoryMiB: number): FargateSize {
  const enough = ALL.find((size) => size.vcpus >= vcpus && size.memoryMiB >= memoryMiB);
  return enough ?? ALL[ALL.length - 1];
}
