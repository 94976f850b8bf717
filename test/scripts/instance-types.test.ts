import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { InstanceFacts } from '../../lib/contracts/instances/instance-facts';
import { knownFamilies, knownInstances } from '../../lib/contracts/instances/known-instances';
import { parseDescribe } from '../../scripts/instance-types/describe';
import { mergeRegions, missingFrom } from '../../scripts/instance-types/merge';
import { renderTable } from '../../scripts/instance-types/render';
import { parseTsv } from '../../scripts/instance-types/tsv';

const description = (name: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  InstanceType: name,
  ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
  VCpuInfo: { DefaultVCpus: 4 },
  MemoryInfo: { SizeInMiB: 16_384 },
  NetworkInfo: { EfaSupported: false },
  ...rest,
});
const answer = (...types: Record<string, unknown>[]): string => JSON.stringify({ InstanceTypes: types });
const gpus = (...devices: Record<string, unknown>[]): Record<string, unknown> => ({ GpuInfo: { Gpus: devices } });

const plain: InstanceFacts = {
  name: 'm7i.xlarge',
  architecture: 'x86_64',
  vcpus: 4,
  memoryMiB: 16_384,
  accelerator: undefined,
  gpus: 0,
  efa: false,
};

describe('an answer of DescribeInstanceTypes', () => {
  test('gives the facts of each type', () => {
    expect(parseDescribe(answer(description('m7i.xlarge')))).toEqual([plain]);
  });

  test.each([
    ['no network', { NetworkInfo: undefined }, { efa: false }],
    ['EFA', { NetworkInfo: { EfaSupported: true } }, { efa: true }],
    ['Graviton', { ProcessorInfo: { SupportedArchitectures: ['arm64'] } }, { architecture: 'arm64' }],
    ['both x86', { ProcessorInfo: { SupportedArchitectures: ['i386', 'x86_64'] } }, { architecture: 'x86_64' }],
    ['GPUs', gpus({ Manufacturer: 'NVIDIA', Name: 'L4', Count: 8 }), { accelerator: 'NVIDIA L4', gpus: 8 }],
    [
      'a partition of a GPU',
      gpus({ Manufacturer: 'NVIDIA', Name: 'L4', Count: 0, LogicalGpuCount: 1 }),
      { accelerator: 'NVIDIA L4', gpus: 1 },
    ],
    ['Trainium', { NeuronInfo: { NeuronDevices: [{ Name: 'Trainium2' }] } }, { accelerator: 'AWS Trainium', gpus: 0 }],
    [
      'another accelerator',
      { InferenceAcceleratorInfo: { Accelerators: [{ Manufacturer: 'Qualcomm', Name: 'AI100' }] } },
      { accelerator: 'Qualcomm AI100', gpus: 0 },
    ],
  ])('tells of %s', (_, given, expected) => {
    expect(parseDescribe(answer(description('m7i.xlarge', given)))).toEqual([{ ...plain, ...expected }]);
  });

  test('names the chip of an Inferentia family', () => {
    expect(parseDescribe(answer(description('inf2.xlarge', { NeuronInfo: {} })))).toMatchObject([
      { accelerator: 'AWS Inferentia' },
    ]);
  });

  test('is read without macOS', () => {
    const mac = description('mac2.metal', { ProcessorInfo: { SupportedArchitectures: ['arm64_mac'] } });
    expect(parseDescribe(answer(mac, description('m7i.xlarge')))).toEqual([plain]);
  });

  test.each(['{}', '[]', 'null', '{"InstanceTypes":1}'])('refuses %s, which is none', (text) => {
    expect(() => parseDescribe(text)).toThrow(`it has no 'InstanceTypes'`);
  });
});

test('a list with a type a line gives the same facts', () => {
  const header = 'type\tvcpus\tmemory_mib\tarchitectures\tgpus\tgpu_model\tefa';
  const rows = [
    'm7i.xlarge\t4\t16384\tx86_64\t0\t\t0',
    'g6f.large\t2\t8192\tx86_64\t0\tNVIDIA L4\t0',
    'inf2.xlarge\t4\t16384\tx86_64\t0\t\t0',
    'm9g.large\t2\t8192\tarm64\t0\t\t1',
  ];
  expect(parseTsv([header, ...rows, ''].join('\n'))).toEqual([
    plain,
    { ...plain, name: 'g6f.large', vcpus: 2, memoryMiB: 8192, accelerator: 'NVIDIA L4', gpus: 1 },
    { ...plain, name: 'inf2.xlarge', accelerator: 'AWS Inferentia' },
    { ...plain, name: 'm9g.large', architecture: 'arm64', vcpus: 2, memoryMiB: 8192, efa: true },
  ]);
});

describe('several regions', () => {
  const other = { ...plain, name: 'm7i.large', vcpus: 2 };

  test('make one list, each type once', () => {
    expect(mergeRegions([[plain], [other, { ...plain }]])).toEqual([plain, other]);
  });

  test('refuses a type that is not the same in all of them', () => {
    expect(() => mergeRegions([[plain], [{ ...plain, vcpus: 8 }]])).toThrow('m7i.xlarge is not the same everywhere');
  });

  test('leave known types alone that none of them has', () => {
    expect(missingFrom([plain], [plain, other])).toEqual([other]);
  });
});

describe('the table', () => {
  test('is written from its own facts byte for byte as it is committed', () => {
    const committed = readFileSync(join(import.meta.dirname, '../../lib/contracts/instances/table.ts'), 'utf8');
    const facts = knownFamilies().flatMap(knownInstances);
    expect(renderTable(facts)).toBe(committed);
    expect(renderTable([...facts].reverse())).toBe(committed);
  });

  test.each([
    ['architecture', { architecture: 'arm64' as const }],
    ['accelerator', { accelerator: 'NVIDIA L4' }],
  ])('refuses a family of two kinds of %s', (_, odd) => {
    expect(() => renderTable([plain, { ...plain, name: 'm7i.large', ...odd }])).toThrow(
      'm7i.large differs from the rest of its family',
    );
  });
});
