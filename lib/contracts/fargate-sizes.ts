const GIB = 1024;

const steps = (first: number, last: number, step: number): readonly number[] =>
  Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);

/** Memory in MiB that Fargate offers, by vCPUs (https://docs.aws.amazon.com/batch/latest/userguide/fargate.html). */
export const FARGATE_MEMORY_MIB: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [512, GIB, 2 * GIB]],
  [0.5, steps(GIB, 4 * GIB, GIB)],
  [1, steps(2 * GIB, 8 * GIB, GIB)],
  [2, steps(4 * GIB, 16 * GIB, GIB)],
  [4, steps(8 * GIB, 30 * GIB, GIB)],
  [8, steps(16 * GIB, 60 * GIB, 4 * GIB)],
  [16, steps(32 * GIB, 120 * GIB, 8 * GIB)],
  [32, [60 * GIB, 120 * GIB, 244 * GIB]],
]);
