import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Stack } from 'aws-cdk-lib';
import { beforeEach, expect, test } from 'vitest';
import {
  BatchJob,
  EksJob,
  type IBatchJob,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PlatformCapability,
} from '../../lib';
import { type JobShape, shapeOf } from '../../lib/submission/job-shape';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const queueOn = (platform: PlatformCapability): PlainQueue => new PlainQueue(stack, 'Queue', platform);

test.each<{ kind: string; define: () => IBatchJob; shape: JobShape }>([
  {
    kind: 'one container',
    define: () => new BatchJob(stack, 'Job', { image, queue: queueOn(PlatformCapability.FARGATE) }),
    shape: { isMultiNode: false, groups: [{ place: 'container', containers: [undefined] }] },
  },
  {
    kind: 'one container on ECS Managed Instances',
    define: () => new BatchJob(stack, 'Job', { image, queue: queueOn(PlatformCapability.MANAGED_INSTANCES) }),
    shape: { isMultiNode: false, groups: [{ place: 'task', containers: ['default'] }] },
  },
  {
    kind: 'several containers',
    define: () => {
      const containers = ['work', 'log'].map((name) => ({ name, image }));
      return new MultiContainerJob(stack, 'Job', { containers, queue: queueOn(PlatformCapability.EC2) });
    },
    shape: { isMultiNode: false, groups: [{ place: 'task', containers: ['work', 'log'] }] },
  },
  {
    kind: 'a pod',
    define: () => {
      const queue = queueOn(PlatformCapability.EKS);
      return new EksJob(stack, 'Job', { containers: [{ name: 'work', image }], queue });
    },
    shape: { isMultiNode: false, groups: [{ place: 'pod', containers: ['work'], initContainers: [] }] },
  },
  {
    kind: 'several nodes',
    define: () => {
      const nodeGroups = [NodeGroup.of(1, { image }), NodeGroup.ofContainers(3, [{ name: 'work', image }])];
      return new MultiNodeJob(stack, 'Job', { nodeGroups, queue: queueOn(PlatformCapability.EC2) });
    },
    shape: {
      isMultiNode: true,
      groups: [
        { place: 'container', containers: [undefined], targetNodes: '0:0' },
        { place: 'task', containers: ['work'], targetNodes: '1:' },
      ],
    },
  },
])('a job of $kind is known by its definition', ({ define, shape }) => {
  expect(shapeOf(define())).toEqual(shape);
});
