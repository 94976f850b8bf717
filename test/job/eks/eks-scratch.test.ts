import type { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { EksJob, EksMultiNodeJob, PlatformCapability, PodGroup, type PodOptions, PodVolume } from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;
let queue: PlainQueue;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EKS);
});

const podOf = (pod: PodOptions): unknown => definitionOf(new EksJob(stack, 'Job', { queue, ...pod })).eksProperties;
const nodesOf = (pod: PodOptions): unknown =>
  definitionOf(new EksMultiNodeJob(stack, 'Job', { queue, nodeGroups: [PodGroup.of(2, pod)] })).nodeProperties;
const isReadOnly = (readOnlyRootFilesystem: boolean) => ({ securityContext: { readOnlyRootFilesystem } });
const mountOf = (name: string) => ({ volumeMounts: [{ name, mountPath: '/tmp', readOnly: false }] });

describe('the root file system of a container in a pod', () => {
  test('is read-only, with an empty directory at /tmp for each container', () => {
    const pod = podOf({
      containers: [
        { image, name: 'main' },
        { image, name: 'sidecar' },
      ],
      initContainers: [{ image, name: 'first' }],
    });
    expect(pod).toMatchObject({
      podProperties: {
        volumes: [{ name: 'init-tmp-1' }, { name: 'tmp-1' }, { name: 'tmp-2' }],
        containers: [
          { ...isReadOnly(true), ...mountOf('tmp-1') },
          { ...isReadOnly(true), ...mountOf('tmp-2') },
        ],
        initContainers: [{ ...isReadOnly(true), ...mountOf('init-tmp-1') }],
      },
    });
  });

  test('has no second directory beside a volume at /tmp', () => {
    const volume = PodVolume.emptyDir('fast');
    expect(podOf({ containers: [{ image, mounts: [{ volume, mountPath: '/tmp' }] }] })).toMatchObject({
      podProperties: { volumes: [{ name: 'fast' }], containers: [{ ...isReadOnly(true), ...mountOf('fast') }] },
    });
  });

  test('can be written to where the image needs it', () => {
    const pod = podOf({ containers: [{ image, readonlyRootFilesystem: false }] });
    expect(pod).toMatchObject({ podProperties: { containers: [isReadOnly(false)] } });
    expect(pod).not.toHaveProperty('podProperties.volumes');
  });

  test('can be written to on nodes of a multi-node job, unless they say otherwise', () => {
    const nodes = nodesOf({
      containers: [{ image }],
      initContainers: [{ image, name: 'first', readonlyRootFilesystem: true }],
    });
    expect(nodes).toMatchObject({
      nodeRangeProperties: [
        {
          eksProperties: {
            podProperties: {
              containers: [isReadOnly(false)],
              initContainers: [{ ...isReadOnly(true), ...mountOf('init-tmp-1') }],
            },
          },
        },
      ],
    });
  });
});
