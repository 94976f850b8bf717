import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  JobDefinitionKind,
  JobSize,
  MultiNodeJob,
  type MultiNodeJobProps,
  NodeGroup,
  PlatformCapability,
} from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
const nodes = (count: number): NodeGroup => NodeGroup.of(count, { image });
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<MultiNodeJobProps> = {}, platform = PlatformCapability.EC2): MultiNodeJob {
  const queue = new PlainQueue(stack, 'Queue', platform);
  return new MultiNodeJob(stack, 'Job', { queue, nodeGroups: [nodes(4)], ...props });
}

const rangesOf = (made: MultiNodeJob): unknown => definitionOf(made).nodeProperties;

test('all nodes may be one group, whose first node is the main one', () => {
  const made = job();
  expect(definitionOf(made)).toMatchObject({
    type: 'multinode',
    platformCapabilities: ['EC2'],
    nodeProperties: { mainNode: 0, numNodes: 4, nodeRangeProperties: [{ targetNodes: '0:' }] },
  });
  expect(made.kind).toBe(JobDefinitionKind.MULTI_NODE);
});

test('a node is a container with roles, log and size of the job', () => {
  const made = job({ timeout: Duration.hours(6) });
  expect(rangesOf(made)).toMatchObject({
    nodeRangeProperties: [
      {
        container: {
          image: 'busybox',
          user: '1000:1000',
          jobRoleArn: stack.resolve(made.jobRole.roleArn) as unknown,
          executionRoleArn: stack.resolve(made.executionRole.roleArn) as unknown,
          logConfiguration: { options: { 'awslogs-group': stack.resolve(made.logGroup.logGroupName) as unknown } },
          resourceRequirements: [{ type: 'VCPU' }, { type: 'MEMORY' }],
        },
      },
    ],
  });
  Template.fromStack(stack).resourceCountIs('AWS::Batch::JobDefinition', 1);
});

test('groups follow each other without gap or overlap, and the last one is open for other numbers of nodes (D15)', () => {
  expect(rangesOf(job({ nodeGroups: [nodes(1), nodes(3), nodes(2)], mainNode: 5 }))).toMatchObject({
    mainNode: 5,
    numNodes: 6,
    nodeRangeProperties: [{ targetNodes: '0:0' }, { targetNodes: '1:3' }, { targetNodes: '4:' }],
  });
});

test('a group may run several containers on each node', () => {
  const group = NodeGroup.ofContainers(
    2,
    [
      { name: 'main', image },
      { name: 'monitor', image, essential: false },
    ],
    { pidMode: ecs.PidMode.TASK, ipcMode: ecs.IpcMode.HOST },
  );
  expect(rangesOf(job({ nodeGroups: [nodes(1), group], enableExecuteCommand: true }))).toMatchObject({
    nodeRangeProperties: [
      { container: { enableExecuteCommand: true } },
      {
        targetNodes: '1:',
        ecsProperties: {
          taskProperties: [
            {
              pidMode: 'task',
              ipcMode: 'host',
              enableExecuteCommand: true,
              containers: [
                { name: 'main', essential: true },
                { name: 'monitor', essential: false },
              ],
            },
          ],
        },
      },
    ],
  });
});

test('one instance type for all nodes is written to each group', () => {
  const instanceType = ec2.InstanceType.of(ec2.InstanceClass.HPC7A, ec2.InstanceSize.XLARGE48);
  expect(rangesOf(job({ nodeGroups: [nodes(1), nodes(1)], instanceType }))).toMatchObject({
    nodeRangeProperties: [{ instanceTypes: ['hpc7a.48xlarge'] }, { instanceTypes: ['hpc7a.48xlarge'] }],
  });
});

test('each node may take of resources that are counted', () => {
  const resource = new batch.CfnConsumableResource(stack, 'Licences', {
    resourceType: 'REPLENISHABLE',
    totalQuantity: 8,
  });
  const group = NodeGroup.of(4, { image }, { consumableResources: [{ resource, quantity: 2 }] });
  expect(rangesOf(job({ nodeGroups: [group] }))).toMatchObject({
    nodeRangeProperties: [
      {
        consumableResourceProperties: {
          consumableResourceList: [{ consumableResource: { Ref: 'Licences' }, quantity: 2 }],
        },
      },
    ],
  });
});

test('what it takes is told for each group', () => {
  const worker = NodeGroup.of(7, { image, size: JobSize.gpu(8, 96, Size.gibibytes(700)) });
  expect(job({ nodeGroups: [nodes(1), worker] }).demands).toMatchObject([
    { nodes: 1, vcpus: 1 },
    { nodes: 7, vcpus: 96, gpus: 8 },
  ]);
});

describe('groups (job-node-groups)', () => {
  test.each([1, 5])('may be %d', (count) => {
    expect(() => job({ nodeGroups: Array.from({ length: count }, () => nodes(1)) })).not.toThrow();
  });

  test.each([0, 6])('refuses %d', (count) => {
    expect(() => job({ nodeGroups: Array.from({ length: count }, () => nodes(1)) })).toThrow(
      `'nodeGroups' must hold 1 to 5 groups of nodes, got ${count} (in Stack/Job) [cdk-batch-platform:job-node-groups]`,
    );
  });

  test.each([0, 1.5, -1])('refuses one of %d nodes', (count) => {
    expect(() => job({ nodeGroups: [nodes(1), nodes(count)] })).toThrow(
      `'nodeGroups[1].count' must be a whole number from 1 to 9007199254740991, got ${count}`,
    );
  });
});

describe('the main node (job-main-node)', () => {
  test.each([0, 3])('may be %d of 4', (mainNode) => {
    expect(() => job({ mainNode })).not.toThrow();
  });

  test.each([-1, 4, 0.5])('refuses %d of 4', (mainNode) => {
    expect(() => job({ mainNode })).toThrow(
      `'mainNode' must be a whole number from 0 to 3, got ${mainNode} (in Stack/Job)`,
    );
  });
});

describe('at deploy time', () => {
  let number: number;

  beforeEach(() => {
    number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  });

  test('the number of a single group may be known', () => {
    const made = job({ nodeGroups: [nodes(number)], mainNode: number });
    expect(rangesOf(made)).toMatchObject({
      numNodes: { Ref: 'Number' },
      mainNode: { Ref: 'Number' },
      nodeRangeProperties: [{ targetNodes: '0:' }],
    });
  });

  test('refuses that of one of several groups, whose nodes could not be numbered', () => {
    expect(() => job({ nodeGroups: [nodes(1), nodes(number)] })).toThrow(
      "the number of nodes in 'nodeGroups[1]' must be known before deployment",
    );
  });

  test('what a job takes may be known', () => {
    const containers = ['a', 'b'].map((name) => ({ name, image, size: JobSize.of(number, Size.gibibytes(1)) }));
    expect(job({ nodeGroups: [nodes(1), NodeGroup.ofContainers(1, containers)] }).demands).toBeUndefined();
  });
});

test.each([PlatformCapability.FARGATE, PlatformCapability.MANAGED_INSTANCES, PlatformCapability.EKS])(
  'refuses a queue of %s (fit-multi-node)',
  (platform) => {
    expect(() => job({}, platform)).toThrow(
      new RegExp(`a multi-node parallel job runs on EC2 only, jobs of its queue on ${platform}: .*fit-multi-node`),
    );
  },
);
