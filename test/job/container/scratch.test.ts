import type { Stack } from 'aws-cdk-lib';
import { Size } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  type BatchJobProps,
  JobVolume,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PlatformCapability,
  type TaskContainerOptions,
} from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const { EC2, FARGATE, MANAGED_INSTANCES } = PlatformCapability;
const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const queueOn = (platform: PlatformCapability) => new PlainQueue(stack, 'Queue', platform);
const container = (props: Partial<BatchJobProps> = {}, platform = EC2): unknown =>
  definitionOf(new BatchJob(stack, 'Job', { image, queue: queueOn(platform), ...props })).containerProperties;
const taskOf = (containers: TaskContainerOptions[], platform = EC2): unknown =>
  definitionOf(new MultiContainerJob(stack, 'Job', { queue: queueOn(platform), containers })).ecsProperties;
const mountAt = (sourceVolume: string, containerPath = '/tmp') => ({ sourceVolume, containerPath, readOnly: false });

describe('the root file system of a container', () => {
  test('is read-only on EC2, with a scratch volume at /tmp', () => {
    expect(container()).toMatchObject({
      readonlyRootFilesystem: true,
      volumes: [{ name: 'volume1' }],
      mountPoints: [mountAt('volume1')],
    });
  });

  test('has its scratch volume beside the volumes that are asked for', () => {
    expect(container({ mounts: [{ volume: JobVolume.host('/data'), containerPath: '/tmp/data' }] })).toMatchObject({
      volumes: [{ name: 'volume1', host: { sourcePath: '/data' } }, { name: 'volume2' }],
      mountPoints: [mountAt('volume1', '/tmp/data'), mountAt('volume2')],
    });
  });

  test.each<[string, Partial<BatchJobProps>]>([
    ['a volume', { mounts: [{ volume: JobVolume.ephemeral(), containerPath: '/tmp' }] }],
    ['a volume with another spelling', { mounts: [{ volume: JobVolume.ephemeral(), containerPath: '/tmp/' }] }],
  ])('has none beside %s at /tmp', (_, props) => {
    const path = props.mounts?.[0].containerPath;
    expect(container(props)).toMatchObject({
      readonlyRootFilesystem: true,
      volumes: [{ name: 'volume1' }],
      mountPoints: [mountAt('volume1', path)],
    });
  });

  test('has none beside memory at /tmp', () => {
    const properties = container({ tmpfs: [{ containerPath: '/tmp', size: Size.mebibytes(64) }] });
    expect(properties).toMatchObject({ readonlyRootFilesystem: true });
    expect(properties).not.toHaveProperty('volumes');
    expect(properties).not.toHaveProperty('mountPoints');
  });

  test.each<[string, PlatformCapability, Partial<BatchJobProps>]>([
    ['where the image needs it', EC2, { readonlyRootFilesystem: false }],
    ['for ECS Exec, whose agent writes there', EC2, { enableExecuteCommand: true }],
    ['on Fargate, where a scratch volume belongs to root', FARGATE, {}],
  ])('can be written to %s', (_, platform, props) => {
    const properties = container(props, platform);
    expect(properties).toMatchObject({ readonlyRootFilesystem: false });
    expect(properties).not.toHaveProperty('volumes');
  });

  test('can be written to on ECS Managed Instances', () => {
    expect(taskOf([{ name: 'main', image }], MANAGED_INSTANCES)).toMatchObject({
      taskProperties: [{ containers: [{ readonlyRootFilesystem: false }] }],
    });
  });

  test('is read-only on Fargate when asked, with a scratch volume as well', () => {
    expect(container({ readonlyRootFilesystem: true }, FARGATE)).toMatchObject({
      readonlyRootFilesystem: true,
      mountPoints: [mountAt('volume1')],
    });
  });
});

test('containers of a task have a scratch volume each, and a log router writes to its root file system', () => {
  const firelens = { router: ecs.FirelensLogRouterType.FLUENTBIT };
  expect(
    taskOf([
      { name: 'main', image },
      { name: 'sidecar', image, essential: false },
      { name: 'logs', image, essential: false, firelens },
    ]),
  ).toMatchObject({
    taskProperties: [
      {
        volumes: [{ name: 'volume1' }, { name: 'volume2' }],
        containers: [
          { readonlyRootFilesystem: true, mountPoints: [mountAt('volume1')] },
          { readonlyRootFilesystem: true, mountPoints: [mountAt('volume2')] },
          { readonlyRootFilesystem: false },
        ],
      },
    ],
  });
});

describe('nodes of a multi-node job', () => {
  const nodes = (group: NodeGroup): unknown =>
    definitionOf(new MultiNodeJob(stack, 'Job', { queue: queueOn(EC2), nodeGroups: [group] })).nodeProperties;

  test('write to their root file systems, as MPI and SSH do', () => {
    expect(nodes(NodeGroup.of(2, { image }))).toMatchObject({
      nodeRangeProperties: [{ container: { readonlyRootFilesystem: false } }],
    });
  });

  test('do so with several containers each', () => {
    expect(nodes(NodeGroup.ofContainers(2, [{ name: 'main', image }]))).toMatchObject({
      nodeRangeProperties: [
        { ecsProperties: { taskProperties: [{ containers: [{ readonlyRootFilesystem: false }] }] } },
      ],
    });
  });

  test('do not when asked not to', () => {
    expect(nodes(NodeGroup.of(2, { image, readonlyRootFilesystem: true }))).toMatchObject({
      nodeRangeProperties: [{ container: { readonlyRootFilesystem: true, mountPoints: [mountAt('volume1')] } }],
    });
  });
});
