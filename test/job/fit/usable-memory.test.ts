import { expect, test } from 'vitest';
import { knownInstances } from '../../../lib/contracts/instances/known-instances';
import { usableMemoryMiB } from '../../../lib/job/fit/usable-memory';

/** What the system was measured to keep, in bytes: see usable-memory.ts. */
const MEASURED: readonly (readonly [string, number])[] = [
  ['m4.large', 278_482_944],
  ['c6g.medium', 218_644_480],
  ['c5.large', 453_677_056],
  ['c5n.large', 478_851_072],
  ['m5.large', 585_805_824],
  ['m5.xlarge', 909_246_464],
  ['m6i.xlarge', 703_729_664],
  ['m7g.large', 439_844_864],
  ['g5.xlarge', 617_742_336],
  ['m5.4xlarge', 2_849_939_456],
  ['m6g.16xlarge', 10_460_397_568],
  ['m5d.24xlarge', 15_314_132_992],
  ['c6i.32xlarge', 8_715_804_672],
  ['r6i.32xlarge', 34_284_670_976],
  ['m6a.48xlarge', 30_038_941_696],
  ['r6a.48xlarge', 59_844_067_328],
  ['u-6tb1.56xlarge', 129_689_899_008],
];

test.each(MEASURED)('of %s jobs get at least the estimate, and little more', (name, keptBytes) => {
  const [{ memoryMiB }] = knownInstances(name);
  const left = memoryMiB - keptBytes / 1024 ** 2 - 32;
  expect(usableMemoryMiB(memoryMiB)).toBeLessThanOrEqual(left);
  expect(usableMemoryMiB(memoryMiB)).toBeGreaterThan(left - 0.06 * memoryMiB - 125);
});

test.each([
  [8192, 7532],
  [16_384, 15_396],
  [393_216, 377_155],
  [512, 159],
  [100, 0],
])('of %d MiB about %d are left', (memoryMiB, usable) => {
  expect(usableMemoryMiB(memoryMiB)).toBe(usable);
});
