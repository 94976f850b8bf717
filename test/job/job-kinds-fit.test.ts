import type { Stack } from 'aws-cdk-lib';
import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, expect, test } from 'vitest';
import {
  Ec2ComputeEnvironment,
  InstanceSelection,
  JobQueue,
  JobSize,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
} from '../../lib';
import { importedVpc, newStack } from '../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
const C7I_LARGE = ec2.InstanceType.of(ec2.InstanceClass.C7I, ec2.InstanceSize.LARGE);
let stack: Stack;
let queue: JobQueue;

/** One instance type of 2 vCPUs and 4 GiB, at most 8 of them. */
beforeEach(() => {
  stack = newStack();
  const environment = new Ec2ComputeEnvironment(stack, 'Compute', {
    vpc: importedVpc(stack),
    instances: InstanceSelection.types(C7I_LARGE),
    maxvCpus: 16,
  });
  queue = new JobQueue(stack, 'Queue', { computeEnvironments: [environment] });
});

const containers = (count: number): { name: string; image: ecs.ContainerImage; size: JobSize }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, image, size: JobSize.of(1, Size.gibibytes(1)) }));

test('containers that fit an instance together fit', () => {
  expect(() => new MultiContainerJob(stack, 'Job', { queue, containers: containers(2) })).not.toThrow();
});

test('refuses containers that fit an instance each, and not together (fit-instance-type)', () => {
  expect(() => new MultiContainerJob(stack, 'Job', { queue, containers: containers(3) })).toThrow(/fit-instance-type/);
});

test('nodes that the compute environment has room for fit', () => {
  const nodeGroups = [NodeGroup.of(1, { image }), NodeGroup.ofContainers(6, containers(2))];
  expect(() => new MultiNodeJob(stack, 'Job', { queue, nodeGroups })).not.toThrow();
});

test('refuses nodes that the compute environment cannot hold at once (fit-max-vcpus)', () => {
  const nodeGroups = [NodeGroup.of(1, { image }), NodeGroup.ofContainers(8, containers(2))];
  expect(() => new MultiNodeJob(stack, 'Job', { queue, nodeGroups })).toThrow(/fit-max-vcpus/);
});
