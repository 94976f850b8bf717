import { describe, expect, test } from 'vitest';
import { parseFamily, type InstanceFacts } from '../../../lib/contracts/instances/instance-facts';
import { isGroup, knownFamilies, knownInstances } from '../../../lib/contracts/instances/known-instances';

const all = knownFamilies().flatMap(knownInstances);
const GIB = 1024;

describe('the table', () => {
  test('holds 1,364 types of 177 families, each once', () => {
    expect(all).toHaveLength(1364);
    expect(knownFamilies()).toHaveLength(177);
    expect(new Set(all.map(({ name }) => name)).size).toBe(1364);
  });

  const facts = (vcpus: number, memoryMiB: number, rest: Partial<InstanceFacts> = {}): Omit<InstanceFacts, 'name'> => ({
    architecture: 'x86_64',
    vcpus,
    memoryMiB,
    accelerator: undefined,
    gpus: 0,
    efa: false,
    ...rest,
  });

  test.each([
    ['m4.large', facts(2, 8 * GIB)],
    ['c7i.48xlarge', facts(192, 384 * GIB, { efa: true })],
    ['t4g.nano', facts(2, 512, { architecture: 'arm64' })],
    ['m2.4xlarge', facts(8, 70_041)],
    ['g5g.16xlarge', facts(64, 128 * GIB, { architecture: 'arm64', accelerator: 'NVIDIA T4g', gpus: 2 })],
    ['g4ad.xlarge', facts(4, 16 * GIB, { accelerator: 'AMD Radeon Pro V520', gpus: 1 })],
    ['p5.48xlarge', facts(192, 2048 * GIB, { accelerator: 'NVIDIA H100', gpus: 8, efa: true })],
    ['p6-b200.48xlarge', facts(192, 2048 * GIB, { accelerator: 'NVIDIA B200', gpus: 8, efa: true })],
    ['trn2.3xlarge', facts(12, 128 * GIB, { accelerator: 'AWS Trainium', efa: true })],
    ['u7in-32tb.224xlarge', facts(896, 32_768 * GIB, { efa: true })],
  ])('knows %s', (name, expected) => {
    expect(knownInstances(name)).toEqual([{ name, ...expected }]);
  });

  test('counts the partition of a GPU as a GPU', () => {
    expect(knownInstances('g6f.large')).toMatchObject([{ accelerator: 'NVIDIA L4', gpus: 1 }]);
  });

  test('has positive, whole vCPUs and MiB only', () => {
    const wrong = all.filter(
      ({ vcpus, memoryMiB, gpus }) =>
        [vcpus, memoryMiB].some((value) => !Number.isInteger(value) || value < 1) || !Number.isInteger(gpus),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a name', () => {
  test('of a family stands for all its sizes, smallest first', () => {
    expect(knownInstances('inf2').map(({ name }) => name)).toEqual([
      'inf2.xlarge',
      'inf2.8xlarge',
      'inf2.24xlarge',
      'inf2.48xlarge',
    ]);
  });

  test.each([
    ['default_x86_64', ['m6i', 'c6i', 'r6i', 'c7i']],
    ['optimal', ['m6i', 'c6i', 'r6i', 'c7i']],
    ['default_arm64', ['m6g', 'c6g', 'r6g', 'c7g']],
  ])('%s stands for the families that AWS Batch chooses', (name, families) => {
    expect(isGroup(name)).toBe(true);
    expect(knownInstances(name)).toEqual(families.flatMap(knownInstances));
    expect(knownInstances(name).length).toBeGreaterThan(30);
  });

  test.each(['x99', 'c7i.huge', 'c7i.', '', 'C7I', 'constructor'])(`'%s' is not known`, (name) => {
    expect(isGroup(name)).toBe(false);
    expect(knownInstances(name)).toEqual([]);
  });
});

test('a line tells what each size of a family is', () => {
  const common = { architecture: 'arm64', accelerator: undefined, gpus: 0 };
  expect(parseFamily('c7g | arm64 | - | medium 1 2 | 16xlarge 64 128 efa')).toEqual([
    { ...common, name: 'c7g.medium', vcpus: 1, memoryMiB: 2048, efa: false },
    { ...common, name: 'c7g.16xlarge', vcpus: 64, memoryMiB: 131_072, efa: true },
  ]);
});
