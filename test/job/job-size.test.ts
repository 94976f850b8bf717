import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Size, Token } from 'aws-cdk-lib';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobSize, PlatformCapability } from '../../lib';
import { checkJobSize } from '../../lib/job/job-size-check';
import { newStack } from '../support/stack';

const { EC2, FARGATE } = PlatformCapability;
const GIB = 1024;
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const check = (size: JobSize, platform: PlatformCapability) => () => {
  checkJobSize(stack, size, platform);
};
const of = (vcpus: number, memoryMiB: number): JobSize => JobSize.of(vcpus, Size.mebibytes(memoryMiB));

describe('on Fargate', () => {
  test.each([
    [0.25, 512],
    [0.25, 2 * GIB],
    [0.5, GIB],
    [0.5, 4 * GIB],
    [1, 2 * GIB],
    [1, 8 * GIB],
    [2, 4 * GIB],
    [2, 16 * GIB],
    [4, 8 * GIB],
    [4, 30 * GIB],
    [8, 16 * GIB],
    [8, 60 * GIB],
    [16, 32 * GIB],
    [16, 120 * GIB],
    [32, 60 * GIB],
    [32, 120 * GIB],
    [32, 244 * GIB],
  ])('%d vCPUs with %d MiB exist', (vcpus, memoryMiB) => {
    expect(check(of(vcpus, memoryMiB), FARGATE)).not.toThrow();
  });

  test.each([
    { vcpus: 1, memoryMiB: 512, nearest: '1, Size.mebibytes(2048)' },
    { vcpus: 1, memoryMiB: 8 * GIB + 1, nearest: '2, Size.mebibytes(9216)' },
    { vcpus: 3, memoryMiB: 8 * GIB, nearest: '4, Size.mebibytes(8192)' },
    { vcpus: 0.25, memoryMiB: 3 * GIB, nearest: '0.5, Size.mebibytes(3072)' },
    { vcpus: 8, memoryMiB: 17 * GIB, nearest: '8, Size.mebibytes(20480)' },
    { vcpus: 32, memoryMiB: 64 * GIB, nearest: '32, Size.mebibytes(122880)' },
    { vcpus: 64, memoryMiB: 500 * GIB, nearest: '32, Size.mebibytes(249856)' },
  ])('refuses $vcpus vCPUs with $memoryMiB MiB and names $nearest', ({ vcpus, memoryMiB, nearest }) => {
    expect(check(of(vcpus, memoryMiB), FARGATE)).toThrow(`the nearest is JobSize.of(${nearest}) (in Stack)`);
  });

  test.each([
    { vcpus: 3, allowed: 'vCPUs may be 0.25, 0.5, 1, 2, 4, 8, 16, 32;' },
    { vcpus: 0.25, allowed: 'with this number of vCPUs memory may be 512, 1024, 2048 MiB;' },
  ])('says what may go with $vcpus vCPUs', ({ vcpus, allowed }) => {
    expect(check(of(vcpus, 100), FARGATE)).toThrow(
      `'size' must be a pair that Fargate offers, got ${vcpus} vCPU with 100 MiB: ${allowed}`,
    );
  });

  test('refuses GPUs', () => {
    expect(check(JobSize.gpu(1, 4, Size.gibibytes(8)), FARGATE)).toThrow(
      "'size' asks for GPUs, which Fargate does not offer: use a queue of EC2 (in Stack)",
    );
  });
});

describe('on EC2', () => {
  test.each([
    [1, 4],
    [3, 100],
    [192, 700_000],
  ])('%d vCPUs with %d MiB may exist', (vcpus, memoryMiB) => {
    expect(check(of(vcpus, memoryMiB), EC2)).not.toThrow();
  });

  test.each([0, 0.5, 1.5, -1])('refuses %d vCPUs', (vcpus) => {
    expect(check(of(vcpus, GIB), EC2)).toThrow(
      `'size' must ask for a whole number of vCPUs on EC2, at least 1, got ${vcpus} (in Stack)`,
    );
  });

  test.each([Size.mebibytes(3), Size.kibibytes(4097)])('refuses %s of memory', (memory) => {
    expect(check(JobSize.of(1, memory), EC2)).toThrow(/must ask for whole MiB of memory, at least 4, got [\d.]+ MiB/);
  });

  test.each([0, 0.5, -1])('refuses %d GPUs', (gpus) => {
    expect(check(JobSize.gpu(gpus, 1, Size.gibibytes(1)), EC2)).toThrow(
      `'size' must ask for a whole number of GPUs, at least 1, got ${gpus} (in Stack)`,
    );
  });
});

test.each([EC2, FARGATE])('a size known only at deploy time passes on %s', (platform) => {
  const parameter = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  expect(Token.isUnresolved(parameter)).toBe(true);
  expect(check(JobSize.of(parameter, Size.gibibytes(1)), platform)).not.toThrow();
  expect(check(JobSize.of(3.5, Size.mebibytes(parameter)), platform)).not.toThrow();
});
