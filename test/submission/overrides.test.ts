import { Size, type Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobSize, PlatformCapability } from '../../lib';
import { type Submission, submissionRequest } from '../../lib/submission/submission-request';
import { nodesOf, ONE_CONTAINER, PlainJob, podOf, taskOf } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

const SIZE = JobSize.of(2, Size.gibibytes(4));
const REQUIREMENTS = [
  { Type: 'VCPU', Value: '2' },
  { Type: 'MEMORY', Value: '4096' },
];
const WORDS = { command: ['run'], environment: { MODE: 'fast' }, size: SIZE };

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function jobOf(definition: Partial<batch.CfnJobDefinitionProps>, platform = PlatformCapability.EC2): PlainJob {
  return new PlainJob(stack, 'Job', new PlainQueue(stack, 'Queue', platform), definition);
}

/** The overrides in the request for a job of this definition. */
function overrides(definition: Partial<batch.CfnJobDefinitionProps>, options: Omit<Submission, 'job'>): unknown {
  const job = jobOf(definition, definition.eksProperties && PlatformCapability.EKS);
  const request = Object.entries(submissionRequest(stack, { job, ...options }));
  const isOverride = (name: string): boolean => name.includes('Override');
  return Object.fromEntries(request.filter(([name, value]) => isOverride(name) && value !== undefined));
}

describe('a job of one container', () => {
  test('gets container overrides', () => {
    expect(overrides(ONE_CONTAINER, WORDS)).toEqual({
      ContainerOverrides: {
        Command: ['run'],
        Environment: [{ Name: 'MODE', Value: 'fast' }],
        ResourceRequirements: REQUIREMENTS,
      },
    });
  });

  test('may get a size that an expression yields', () => {
    expect(overrides(ONE_CONTAINER, { sizeExpression: '{% $states.input.size %}' })).toEqual({
      ContainerOverrides: { ResourceRequirements: '{% $states.input.size %}' },
    });
  });

  test('gets none that nobody asked for', () => {
    expect(overrides(ONE_CONTAINER, {})).toEqual({});
  });

  test.each([
    { options: { containers: [{ containerName: 'a' }] }, message: "'containers' is for jobs of several containers" },
    { options: { nodes: {} }, message: "'nodes' is for multi-node parallel jobs, which this is not" },
    { options: { pod: {} }, message: "'pod' is for jobs on Amazon EKS, which this is not" },
    { options: { sizeExpression: '$size' }, message: `'sizeExpression' must be a JSONata expression, got "$size"` },
  ])('refuses what it cannot take: $message', ({ options, message }) => {
    expect(() => overrides(ONE_CONTAINER, options)).toThrow(message);
  });
});

describe('a job of several containers', () => {
  const definition = { ecsProperties: taskOf('work', 'log') };

  test('gets variables in all of them, and the rest by name', () => {
    const containers = [{ containerName: 'work', command: ['run'], environment: { DEPTH: '2' }, size: SIZE }];
    expect(overrides(definition, { environment: { MODE: 'fast' }, containers })).toEqual({
      EcsPropertiesOverride: {
        TaskProperties: [
          {
            Containers: [
              {
                Name: 'work',
                Command: ['run'],
                Environment: [
                  { Name: 'MODE', Value: 'fast' },
                  { Name: 'DEPTH', Value: '2' },
                ],
                ResourceRequirements: REQUIREMENTS,
              },
              { Name: 'log', Environment: [{ Name: 'MODE', Value: 'fast' }] },
            ],
          },
        ],
      },
    });
  });

  test('gets all of it in its only container', () => {
    expect(overrides({ ecsProperties: taskOf('work') }, { command: ['run'] })).toEqual({
      EcsPropertiesOverride: { TaskProperties: [{ Containers: [{ Name: 'work', Command: ['run'] }] }] },
    });
  });

  test('refuses a command without the name of a container', () => {
    expect(() => overrides(definition, { command: ['run'] })).toThrow(
      "'command' and 'size' are for jobs of one container, this one has work, log: use 'containers' (in Stack) " +
        '[cdk-batch-platform:pipeline-overrides]',
    );
  });

  test('refuses a container that it does not have', () => {
    expect(() => overrides(definition, { containers: [{ containerName: 'wrok' }] })).toThrow(
      'there is no container "wrok" to override, the job has work, log',
    );
  });

  test('refuses what only pods can replace', () => {
    expect(() => overrides(definition, { containers: [{ containerName: 'work', args: ['a'] }] })).toThrow(
      `'args' and 'image' of the container "work" are for pods`,
    );
  });
});

describe('a pod', () => {
  test('gets everything, init containers and metadata as well', () => {
    const { podProperties } = podOf('work');
    const eksProperties = {
      podProperties: { ...podProperties, initContainers: [{ name: 'fetch', image: 'busybox' }] },
    };
    const rendered = overrides(
      { eksProperties },
      {
        size: JobSize.gpu(1, 0.5, Size.gibibytes(4)),
        containers: [{ containerName: 'work', command: ['run'], args: ['fast'], image: 'alpine' }],
        pod: {
          initContainers: [{ containerName: 'fetch', environment: { URL: 'a' } }],
          labels: { team: 'blue' },
          annotations: { note: 'b' },
          kubernetesNamespace: 'jobs',
        },
      },
    );
    const resources = { cpu: '0.5', memory: '4096Mi', 'nvidia.com/gpu': '1' };
    expect(rendered).toEqual({
      EksPropertiesOverride: {
        PodProperties: {
          Containers: [
            {
              Name: 'work',
              Command: ['run'],
              Args: ['fast'],
              Image: 'alpine',
              Resources: { Limits: resources, Requests: resources },
            },
          ],
          InitContainers: [{ Name: 'fetch', Env: [{ Name: 'URL', Value: 'a' }] }],
          Metadata: { Labels: { team: 'blue' }, Annotations: { note: 'b' }, Namespace: 'jobs' },
        },
      },
    });
  });

  test('refuses an init container that it does not have', () => {
    const pod = { initContainers: [{ containerName: 'fetch' }] };
    expect(() => overrides({ eksProperties: podOf('work') }, { pod })).toThrow(
      'there is no container "fetch" to override, the job has none',
    );
  });
});

describe('several nodes', () => {
  test('get variables everywhere, and the rest by range', () => {
    const licences = new batch.CfnConsumableResource(stack, 'Licences', {
      resourceType: 'REPLENISHABLE',
      totalQuantity: 10,
    });
    const nodes = {
      nodeCount: 9,
      ranges: [
        {
          targetNodes: '0:0',
          command: ['lead'],
          instanceTypes: ['hpc7a.96xlarge'],
          consumableResources: [{ resource: licences, quantity: 1 }],
        },
      ],
    };
    expect(overrides(nodesOf('0:0', '1:'), { environment: { MODE: 'fast' }, nodes })).toEqual({
      NodeOverrides: {
        NumNodes: 9,
        NodePropertyOverrides: [
          {
            TargetNodes: '0:0',
            ContainerOverrides: { Command: ['lead'], Environment: [{ Name: 'MODE', Value: 'fast' }] },
            InstanceTypes: ['hpc7a.96xlarge'],
            ConsumableResourcePropertiesOverride: {
              ConsumableResourceList: [{ ConsumableResource: licences.ref, Quantity: 1 }],
            },
          },
          { TargetNodes: '1:', ContainerOverrides: { Environment: [{ Name: 'MODE', Value: 'fast' }] } },
        ],
      },
    });
  });

  test('of one range get what the whole job gets', () => {
    expect(overrides(nodesOf('0:'), { command: ['run'] })).toEqual({
      NodeOverrides: { NodePropertyOverrides: [{ TargetNodes: '0:', ContainerOverrides: { Command: ['run'] } }] },
    });
  });

  test('may be of several containers or pods each', () => {
    const range = (name: string): Partial<batch.CfnJobDefinitionProps> => ({
      nodeProperties: {
        mainNode: 0,
        numNodes: 2,
        nodeRangeProperties: [
          { targetNodes: '0:0', ecsProperties: taskOf(name) },
          { targetNodes: '1:1', eksProperties: podOf(name) },
        ],
      },
    });
    expect(overrides(range('work'), { environment: { A: '1' } })).toMatchObject({
      NodeOverrides: {
        NodePropertyOverrides: [
          { EcsPropertiesOverride: { TaskProperties: [{ Containers: [{ Name: 'work' }] }] } },
          { EksPropertiesOverride: { PodProperties: { Containers: [{ Name: 'work' }] } } },
        ],
      },
    });
  });

  test.each([
    {
      options: { command: ['run'] },
      message: "'command', 'size', 'containers' and 'pod' of a job with several ranges",
    },
    {
      options: { nodes: { ranges: [{ targetNodes: '2:' }] } },
      message: 'there is no range of nodes "2:" to override, the job has 0:0, 1:3',
    },
    { options: { nodes: { nodeCount: 0 } }, message: "'nodes.nodeCount' must be a whole number from 1" },
    {
      options: { nodes: { nodeCount: 5 } },
      message: `'nodes.nodeCount' needs a job definition whose last range of nodes is open, such as '1:', this one ends with "1:3"`,
    },
  ])('refuse what they cannot take: $message', ({ options, message }) => {
    expect(() => overrides(nodesOf('0:0', '1:3'), options)).toThrow(message);
  });
});
