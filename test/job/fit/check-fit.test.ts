import { Aws, CfnParameter, Lazy, Size, Token } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { type IJobQueue, InstanceSelection, type JobDemand, PlatformCapability } from '../../../lib';
import { checkFit, findMisfit } from '../../../lib/job/fit/check-fit';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';
import { demand, queueOf, queueOfInstances, queueOfOffer } from './support';

const { EC2, FARGATE, EKS, MANAGED_INSTANCES } = PlatformCapability;
const { ARM_64, X86_64 } = InstanceArchitecture;
const GIB = 1024;

/** Warnings about a job in a queue, if it is not refused. */
function check(demands: JobDemand | JobDemand[] | undefined, queue: IJobQueue, madeFor?: PlatformCapability): string[] {
  const stack = newStack();
  checkFit(stack, Array.isArray(demands) || demands === undefined ? demands : [demands], queue, madeFor);
  return warningsOf(stack);
}

describe('fits', () => {
  test.each<[string, JobDemand | JobDemand[] | undefined, IJobQueue]>([
    ['the default families', demand({ vcpus: 64, memoryMiB: 256 * GIB }), queueOfInstances(['default_x86_64'])],
    ['all vCPUs of the largest type', demand({ vcpus: 192 }), queueOfInstances(['c7i'])],
    ['one of two compute environments', demand({ vcpus: 192 }), queueOfInstances(['c5'], ['c7i'])],
    ['all GPUs of a type', demand({ vcpus: 48, gpus: 8 }), queueOfInstances(['p5', 'g6'])],
    ['a part of a GPU', demand({ gpus: 1 }), queueOfInstances(['g6f'])],
    ['the right architecture', demand({ architecture: ARM_64 }), queueOfInstances(['c7g'])],
    ['maxvCpus to the last', demand({ vcpus: 16 }), queueOfOffer({ maxvCpus: 16 })],
    ['Fargate', demand({ vcpus: 0.25 }), queueOfOffer({ maxvCpus: 1, spot: true }, { platformCapability: FARGATE })],
    ['nodes up to maxvCpus', demand({ vcpus: 4, nodes: 4 }), queueOfOffer({ maxvCpus: 16, spot: false })],
    [
      'nodes of which the last takes more than what is left of maxvCpus, as AWS Batch allows',
      demand({ nodes: 3 }),
      queueOfOffer({ maxvCpus: 256, instances: InstanceSelection.named('c7i.24xlarge') }),
    ],
    ['nodes of pods', demand({ nodes: 4 }), queueOfOffer({}, { platformCapability: EKS })],
    [
      'instances of both architectures',
      demand({ architecture: ARM_64 }),
      queueOfOffer({ instances: InstanceSelection.named('c7i', 'c7g') }, { platformCapability: MANAGED_INSTANCES }),
    ],
  ])('%s', (_, demands, queue) => {
    expect(check(demands, queue)).toEqual([]);
  });
});

describe('nothing is said of', () => {
  const huge = demand({ vcpus: 10_000, memoryMiB: 10_000 * GIB, gpus: 100 });
  const name = new CfnParameter(newStack(), 'Type').valueAsString;

  test.each<[string, JobDemand[] | undefined, IJobQueue]>([
    ['a job that is not known', undefined, queueOfInstances(['c7i'])],
    ['a job without demands', [], queueOfInstances(['c7i'])],
    ['a queue that is not known', [huge], queueOf(undefined)],
    ['a queue of nothing that is known', [huge], queueOf([])],
    ['compute environments that are not known', [huge], queueOf([{}])],
    ['one that is not known', [huge], queueOf([{ offer: { instances: InstanceSelection.named('c7i') } }, {}])],
    ['a family that is not known', [huge], queueOfInstances(['c7i', 'x99'])],
    ['no instances at all', [huge], queueOfInstances([])],
    ['a type known at deploy time', [huge], queueOfInstances(['c7i', name])],
    ['maxvCpus known at deploy time', [demand({ vcpus: 99 })], queueOfOffer({ maxvCpus: Token.asNumber(Aws.REGION) })],
  ])('%s', (_, demands, queue) => {
    expect(check(demands, queue)).toEqual([]);
  });

  test.each<[string, Partial<JobDemand>]>([
    ['vCPUs', { vcpus: Token.asNumber(Aws.REGION) }],
    ['memory', { memory: Size.mebibytes(Lazy.number({ produce: () => 1 })) }],
    ['GPUs', { gpus: Token.asNumber(Aws.REGION) }],
    ['nodes', { nodes: Token.asNumber(Aws.REGION) }],
  ])('%s that are known at deploy time', (_, known) => {
    const queue = queueOfOffer({ instances: InstanceSelection.named('g6.xlarge'), maxvCpus: 4 });
    expect(check({ ...demand({ gpus: 1 }), ...known }, queue)).toEqual([]);
  });
});

describe('refuses', () => {
  test.each<[string, JobDemand | JobDemand[], IJobQueue, string]>([
    [
      'more vCPUs than any type has',
      demand({ vcpus: 193, memoryMiB: 2 * GIB }),
      queueOfInstances(['c7i', 'm7i.large']),
      'the job asks for 193 vCPUs and 2 GiB of one instance, which none of Stack/A has: of c7i and m7i.large, ' +
        'c7i.48xlarge comes closest with 192 vCPUs and 384 GiB, about 377,155 MiB of it for jobs; ask for less, or offer ' +
        'types such as c8i.96xlarge (in Stack) [cdk-batch-platform:fit-instance-type]',
    ],
    [
      'all memory of the largest type',
      demand({ memoryMiB: 16 * GIB }),
      queueOfInstances(['m7i.large', 'm7i.xlarge']),
      'm7i.xlarge comes closest with 4 vCPUs and 16 GiB, about 15,396 MiB of it for jobs; ask for less, or offer types ' +
        'such as m7i.2xlarge',
    ],
    [
      'vCPUs of one type with the memory of another',
      demand({ vcpus: 192, memoryMiB: 1000 * GIB }),
      queueOfInstances(['c7i', 'r6i']),
      'fit-instance-type',
    ],
    [
      'GPUs of one type with the vCPUs of another',
      demand({ vcpus: 96, gpus: 8 }),
      queueOfInstances(['g4dn.12xlarge', 'm7i']),
      'fit-instance-type',
    ],
    [
      'more GPUs than any type has',
      demand({ gpus: 16 }),
      queueOfInstances(['p5', 'g6']),
      'the job asks for 1 vCPU, 1 GiB and 16 GPUs of one instance, which none of Stack/A has: of p5 and g6, p5.48xlarge',
    ],
    [
      'more GPUs than an instance has, and advises one that has them',
      demand({ gpus: 8 }),
      queueOfInstances(['g6.4xlarge']),
      'ask for less, or offer types such as g6.48xlarge',
    ],
    [
      'what only instances of another architecture have',
      demand({ vcpus: 100, architecture: ARM_64 }),
      queueOfOffer(
        { instances: InstanceSelection.named('c7i', 'c7g.2xlarge') },
        { platformCapability: MANAGED_INSTANCES },
      ),
      'of c7i and c7g.2xlarge, c7g.2xlarge comes closest with 8 vCPUs and 16 GiB',
    ],
    [
      'GPUs where there are none',
      demand({ gpus: 2 }),
      queueOfInstances(['c7i']),
      'the job asks for 2 GPUs, and Stack/A has none: use a queue whose compute environment has InstanceSelection.gpu() ' +
        '(in Stack) [cdk-batch-platform:fit-gpu]',
    ],
    ['GPUs of AMD', demand({ gpus: 1 }), queueOfInstances(['g4ad']), 'fit-gpu'],
    [
      'GPUs, however many, where there are none',
      demand({ gpus: Token.asNumber(Aws.REGION) }),
      queueOfInstances(['c7i']),
      'asks for GPUs, and',
    ],
    ['GPUs on Fargate', demand({ gpus: 1 }), queueOfOffer({}, { platformCapability: FARGATE }), 'fit-gpu'],
    [
      'another architecture',
      demand({ architecture: ARM_64 }),
      queueOfInstances(['c7i']),
      'the job is made for arm64, and Stack/A runs on x86_64: use a queue of arm64, or make the job for x86_64 ' +
        '(in Stack) [cdk-batch-platform:fit-architecture]',
    ],
    [
      'another architecture of no known types',
      demand({ architecture: X86_64 }),
      queueOf([{ architecture: ARM_64 }]),
      'fit-architecture',
    ],
    [
      'another architecture than that of the types, whatever an import says',
      demand({ architecture: ARM_64 }),
      queueOf([{ architecture: ARM_64, offer: { instances: InstanceSelection.named('c7i') } }]),
      'fit-architecture',
    ],
    [
      'more vCPUs than maxvCpus',
      demand({ vcpus: 17 }),
      queueOfOffer({ maxvCpus: 16 }),
      `the job asks for 17 vCPUs at the same time, and 'maxvCpus' of Stack/A is 16: raise it, or ask for less ` +
        '(in Stack) [cdk-batch-platform:fit-max-vcpus]',
    ],
    [
      'more than maxvCpus on Fargate',
      demand({ vcpus: 2 }),
      queueOfOffer({ maxvCpus: 1 }, { platformCapability: FARGATE }),
      'fit-max-vcpus',
    ],
    [
      'nodes with more vCPUs than maxvCpus',
      demand({ vcpus: 4, nodes: 5 }),
      queueOfOffer({ maxvCpus: 16 }),
      'asks for 20 vCPUs',
    ],
    [
      'groups of nodes with more vCPUs than maxvCpus',
      [demand({ vcpus: 1, nodes: 1 }), demand({ vcpus: 4, nodes: 4 })],
      queueOfOffer({ maxvCpus: 16 }),
      'asks for 17 vCPUs',
    ],
    [
      'more nodes than maxvCpus has instances',
      demand({ vcpus: 1, nodes: 4 }),
      queueOfOffer({ maxvCpus: 256, instances: InstanceSelection.named('c7i.24xlarge') }),
      'the job asks for 4 nodes, each an instance of its own with at least 96 vCPUs (c7i.24xlarge), and ' +
        `'maxvCpus' of Stack/A is 256: raise it, or ask for less (in Stack) [cdk-batch-platform:fit-max-vcpus]`,
    ],
    [
      'groups of nodes that no one type holds',
      [demand({ vcpus: 1, memoryMiB: 900 * GIB, nodes: 1 }), demand({ vcpus: 192, nodes: 2 })],
      queueOfInstances(['c7i', 'r6i']),
      'fit-instance-type',
    ],
    [
      'nodes on Spot instances',
      demand({ nodes: 2 }),
      queueOfOffer({ spot: true }),
      'a multi-node parallel job runs on on-demand instances only, and Stack/A has Spot instances: use a queue of ' +
        'on-demand instances (in Stack) [cdk-batch-platform:fit-multi-node]',
    ],
    [
      'nodes on Fargate',
      demand({ nodes: 2 }),
      queueOf([{ platformCapability: FARGATE }]),
      'a multi-node parallel job runs on EC2 only, and jobs of Stack/Queue run on FARGATE: use a queue of on-demand ' +
        'instances (in Stack) [cdk-batch-platform:fit-multi-node]',
    ],
    [
      'a single node on Managed Instances',
      demand({ nodes: 1 }),
      queueOf([{ platformCapability: MANAGED_INSTANCES }]),
      'fit-multi-node',
    ],
  ])('%s', (_, demands, queue, message) => {
    expect(() => check(demands, queue)).toThrow(message);
  });

  test.each([
    [EC2, FARGATE],
    [FARGATE, EC2],
    [MANAGED_INSTANCES, EC2],
    [EC2, EKS],
  ])('a job for %s in a queue of %s: fit-platform', (madeFor, platformCapability) => {
    expect(() => check(undefined, queueOf([{ platformCapability }]), madeFor)).toThrow(
      `the job definition is made for ${madeFor}, and jobs of Stack/Queue run on ${platformCapability}: use a queue for ` +
        `${madeFor} (in Stack) [cdk-batch-platform:fit-platform]`,
    );
  });

  test('what none of the compute environments holds, for the reason that is nearest to one that fits', () => {
    const instances = InstanceSelection.named('c7i');
    const queue = queueOf([
      { offer: { instances: InstanceSelection.named('c5') } },
      { offer: { instances, maxvCpus: 99 } },
    ]);
    expect(() => check(demand({ vcpus: 100 }), queue)).toThrow(`'maxvCpus' of Stack/B is 99`);
  });
});

test('why a job never runs can be asked without an error', () => {
  expect(findMisfit([demand({ vcpus: 17 })], queueOfOffer({ maxvCpus: 16 }))?.check).toBe('fit-max-vcpus');
  expect(findMisfit([demand()], queueOfOffer({ maxvCpus: 16 }))).toBeUndefined();
});

describe('warns', () => {
  const largest = ['m7i.large', 'm7i.xlarge'];

  test.each([
    [15_396, 0],
    [15_397, 1],
    [16_383, 1],
  ])('that %d MiB of the 16 GiB of the largest instance may be too many: %d times', (memoryMiB, times) => {
    expect(check(demand({ memoryMiB }), queueOfInstances(largest))).toHaveLength(times);
  });

  test('what is left for jobs: fit-memory-tight', () => {
    expect(check(demand({ memoryMiB: 15.5 * GIB }), queueOfInstances(largest))).toEqual([
      'the job asks for 15,872 MiB, and of the 16 GiB of m7i.xlarge, the largest that fits, about 15,396 MiB are left for ' +
        'jobs: ask for at most Size.mebibytes(15396), or offer larger instances [ack: cdk-batch-platform:fit-memory-tight]',
    ]);
  });

  test('not of memory where another compute environment, or one that is not known, has more', () => {
    const tight = demand({ memoryMiB: 15.5 * GIB });
    expect(check(tight, queueOfInstances(largest, ['m7i.2xlarge']))).toEqual([]);
    expect(check(tight, queueOf([{ offer: { instances: InstanceSelection.named(...largest) } }, {}]))).toEqual([]);
    expect(check(tight, queueOfInstances(largest, ['m7i.large']))).toHaveLength(1);
  });

  test('of GPUs that are paid for and not used: fit-gpu-unused', () => {
    expect(check(demand(), queueOfInstances(['g6'], ['p5', 'g5']))).toEqual([
      'the job asks for no GPU, and all instances of Stack/Queue have some, which are paid for: use another queue, or ' +
        'JobSize.gpu() [ack: cdk-batch-platform:fit-gpu-unused]',
    ]);
  });

  test.each<[string, JobDemand, IJobQueue]>([
    ['some instances have none', demand(), queueOfInstances(['g6'], ['c7i'])],
    ['some are not known', demand(), queueOfInstances(['g6', 'g99'])],
    ['the job asks for some', demand({ gpus: 1 }), queueOfInstances(['g6'])],
  ])('not of GPUs where %s', (_, asked, queue) => {
    expect(check(asked, queue)).toEqual([]);
  });
});
