import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Size } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  type BatchJobProps,
  type ContainerOptions,
  JobVolume,
  PlatformCapability,
  PrivilegedAccess,
} from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const { EC2, FARGATE } = PlatformCapability;
const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<BatchJobProps>, platform = EC2): BatchJob {
  return new BatchJob(stack, 'Job', { image, queue: new PlainQueue(stack, 'Queue', platform), ...props });
}

const container = (props: Partial<BatchJobProps>): unknown => definitionOf(job(props)).containerProperties;

describe('the kernel is told', () => {
  test('to run an init process, and nothing else by default', () => {
    expect(container({})).toHaveProperty('linuxParameters', { initProcessEnabled: true });
  });

  test('what is asked for', () => {
    expect(
      container({
        initProcess: false,
        sharedMemorySize: Size.gibibytes(8),
        maxSwap: Size.gibibytes(1),
        swappiness: 10,
        tmpfs: [{ containerPath: '/fast', size: Size.mebibytes(64), mountOptions: [batch.TmpfsMountOption.NOEXEC] }],
      }),
    ).toMatchObject({
      linuxParameters: {
        initProcessEnabled: false,
        sharedMemorySize: 8192,
        maxSwap: 1024,
        swappiness: 10,
        tmpfs: [{ containerPath: '/fast', size: 64, mountOptions: ['noexec'] }],
      },
    });
  });

  test('which devices the container sees, where the host has them unless told otherwise', () => {
    const devices = [
      { hostPath: '/dev/infiniband/uverbs0' },
      { hostPath: '/dev/fuse', containerPath: '/dev/x', permissions: [batch.DevicePermission.READ] },
    ];
    expect(container({ devices })).toMatchObject({
      linuxParameters: {
        devices: [
          { hostPath: '/dev/infiniband/uverbs0', containerPath: '/dev/infiniband/uverbs0' },
          { hostPath: '/dev/fuse', containerPath: '/dev/x', permissions: ['READ'] },
        ],
      },
    });
  });

  test('the limits of processes; the hard one is the soft one unless given', () => {
    const ulimits = [
      { name: ecs.UlimitName.MEMLOCK, softLimit: -1 },
      { name: ecs.UlimitName.NOFILE, softLimit: 1024, hardLimit: 4096 },
    ];
    expect(container({ ulimits })).toMatchObject({
      ulimits: [
        { name: 'memlock', softLimit: -1, hardLimit: -1 },
        { name: 'nofile', softLimit: 1024, hardLimit: 4096 },
      ],
    });
  });

  test.each([Size.bytes(1), Size.kibibytes(1025)])(
    'refuses shared memory of %s (job-memory-size)',
    (sharedMemorySize) => {
      expect(() => job({ sharedMemorySize })).toThrow(
        /'sharedMemorySize' must be whole MiB, at least 1, got [\d.e-]+ MiB \(in Stack\/Job\) \[cdk-batch-platform:job-memory-size\]/,
      );
    },
  );

  test.each([
    { swap: { swappiness: 10 }, message: "'swappiness' means nothing without 'maxSwap'" },
    { swap: { swappiness: 101, maxSwap: Size.mebibytes(1) }, message: 'from 0 to 100, got 101' },
    { swap: { swappiness: -1, maxSwap: Size.mebibytes(1) }, message: 'from 0 to 100, got -1' },
  ])('refuses $swap (job-swap)', ({ swap, message }) => {
    expect(() => job(swap)).toThrow(message);
  });

  test('what is known only at deploy time', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    expect(container({ maxSwap: Size.mebibytes(number), swappiness: number })).toMatchObject({
      linuxParameters: { maxSwap: { Ref: 'Number' }, swappiness: { Ref: 'Number' } },
    });
  });
});

const ONLY_ON_INSTANCES: readonly Partial<ContainerOptions>[] = [
  { privileged: PrivilegedAccess.acknowledged('mounts file systems') },
  { ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 1 }] },
  { devices: [{ hostPath: '/dev/fuse' }] },
  { tmpfs: [{ containerPath: '/fast', size: Size.mebibytes(1) }] },
  { sharedMemorySize: Size.mebibytes(64) },
  { maxSwap: Size.mebibytes(64) },
];

describe('on Fargate', () => {
  test.each(ONLY_ON_INSTANCES)('refuses %o (job-fargate-unsupported)', (options) => {
    const [name] = Object.keys(options);
    expect(() => job(options, FARGATE)).toThrow(
      `'${name}' must be left out on Fargate: use a queue of EC2 (in Stack/Job) [cdk-batch-platform:job-fargate-unsupported]`,
    );
  });

  test.each([JobVolume.host('/data'), JobVolume.fsx('/fsx')])('refuses a directory of the host', (volume) => {
    expect(() => job({ mounts: [{ volume, containerPath: '/data' }] }, FARGATE)).toThrow(
      /must not be a directory of the host on Fargate, which has none, got "\/\w+": .*job-fargate-unsupported/,
    );
  });

  test('what is only said not to be is welcome', () => {
    expect(() => job({ initProcess: false, readonlyRootFilesystem: false }, FARGATE)).not.toThrow();
  });
});

describe('ECS Exec', () => {
  test('is off unless asked for', () => {
    expect(container({})).not.toHaveProperty('enableExecuteCommand');
  });

  test('is turned on for the container', () => {
    expect(container({ enableExecuteCommand: true })).toMatchObject({ enableExecuteCommand: true });
  });

  test('refuses a file system that cannot be written to (job-execute-command)', () => {
    expect(() => job({ enableExecuteCommand: true, readonlyRootFilesystem: true })).toThrow(
      "'enableExecuteCommand' needs a file system that can be written to: leave 'readonlyRootFilesystem' out (in Stack/Job)",
    );
  });
});

test('refuses a queue of EKS (fit-platform)', () => {
  expect(() => job({}, PlatformCapability.EKS)).toThrow(
    'the job is made for ECS, its queue is one of EKS: use EksJob, or another queue (in Stack/Job)',
  );
});
