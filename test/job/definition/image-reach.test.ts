import { Aws, Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import { describe, expect, test } from 'vitest';
import {
  BatchJob,
  BatchNetwork,
  Ec2ComputeEnvironment,
  EksComputeEnvironment,
  EksJob,
  EksMultiNodeJob,
  FargateComputeEnvironment,
  type IComputeEnvironment,
  type IJobQueue,
  IsolatedBatchNetwork,
  JobQueue,
  JobSize,
  ManagedInstancesComputeEnvironment,
  MultiContainerJob,
  MultiNodeJob,
  NodeGroup,
  PodGroup,
} from '../../../lib';
import { importedVpc, newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

const fromRegistry = (name: string): ecs.ContainerImage => ecs.ContainerImage.fromRegistry(name);
const HUB = fromRegistry('python:3.13-slim');
const size = JobSize.of(1, Size.gibibytes(2));
const env = { account: '123456789012', region: 'eu-central-1' };

const unreachable = (stack: Stack): string[] =>
  warningsOf(stack).filter((text) => text.includes('job-image-unreachable'));

const queueOn = (stack: Stack, ...computeEnvironments: IComputeEnvironment[]): IJobQueue =>
  new JobQueue(stack, 'Queue', { computeEnvironments });

/** What is said of an image on Fargate in an isolated network. */
function warningsFor(stack: Stack, image: ecs.ContainerImage): string[] {
  const { vpc } = new IsolatedBatchNetwork(stack, 'Network');
  const queue = queueOn(stack, new FargateComputeEnvironment(stack, 'Fargate', { vpc }));
  new BatchJob(stack, 'Job', { image, command: ['true'], size, queue });
  return unreachable(stack);
}

describe('in subnets without a way to the internet, an image [job-image-unreachable]', () => {
  test.each([
    'public.ecr.aws/docker/library/python:3.13-slim',
    'python:3.13-slim',
    'ghcr.io/owner/image@sha256:0123',
    'registry.example.com:5000/123456789012.dkr.ecr.eu-central-1.amazonaws.com/image',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com/image',
  ])('warns of %s', (name) => {
    expect(warningsFor(newStack({ env }), fromRegistry(name))).toEqual([
      `the image '${name}' cannot be pulled in Stack/Fargate: subnets there have no way to the internet, and reach Amazon ECR ` +
        'of the same Region only; copy it to a repository there, unless there is another way out, such as a transit ' +
        'gateway [ack: cdk-batch-platform:job-image-unreachable]',
    ]);
  });

  test.each([
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com/image:1',
    '210987654321.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/library/python:3.13-slim',
    '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/image',
    '123456789012.dkr-ecr.eu-central-1.on.aws/image',
    `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com/image`,
  ])('is reached as %s', (name) => {
    expect(warningsFor(newStack({ env }), fromRegistry(name))).toEqual([]);
  });

  test('of a repository is reached', () => {
    const stack = newStack({ env });
    const image = ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'));
    expect(warningsFor(stack, image)).toEqual([]);
  });

  test('of any Region passes where the Region of the stack is not known', () => {
    const image = fromRegistry('123456789012.dkr.ecr.us-east-1.amazonaws.com/image');
    expect(warningsFor(newStack(), image)).toEqual([]);
  });
});

/** Of another app, which says where it is. */
const known = {
  computeEnvironmentArn: 'arn:aws:batch:eu-central-1:123456789012:compute-environment/known',
  offer: { isolatedSubnets: true },
};
const ec2Queue = (stack: Stack): IJobQueue =>
  queueOn(stack, Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(stack, 'Known', known));
const eksQueue = (stack: Stack): IJobQueue =>
  queueOn(stack, EksComputeEnvironment.fromEksComputeEnvironmentAttributes(stack, 'Known', known));

const near = fromRegistry('123456789012.dkr.ecr.eu-central-1.amazonaws.com/image');
const pod = { containers: [{ image: near, size }], initContainers: [{ name: 'first', image: HUB, size }] };

describe('images are looked at', () => {
  test.each<[string, (stack: Stack) => unknown]>([
    ['of one container', (stack) => new BatchJob(stack, 'Job', { image: HUB, size, queue: ec2Queue(stack) })],
    [
      'of several containers',
      (stack) => {
        const containers = [near, HUB].map((image, index) => ({ name: `c${index}`, image, size }));
        return new MultiContainerJob(stack, 'Job', { queue: ec2Queue(stack), containers });
      },
    ],
    [
      'of several nodes',
      (stack) => {
        const nodeGroups = [NodeGroup.of(1, { image: near, size }), NodeGroup.of(2, { image: HUB, size })];
        return new MultiNodeJob(stack, 'Job', { queue: ec2Queue(stack), nodeGroups });
      },
    ],
    [
      'of several nodes with several containers',
      (stack) => {
        const nodeGroups = [NodeGroup.ofContainers(2, [{ name: 'one', image: HUB, size }])];
        return new MultiNodeJob(stack, 'Job', { queue: ec2Queue(stack), nodeGroups });
      },
    ],
    ['of pods', (stack) => new EksJob(stack, 'Job', { queue: eksQueue(stack), ...pod })],
    [
      'of several nodes of pods',
      (stack) => new EksMultiNodeJob(stack, 'Job', { queue: eksQueue(stack), nodeGroups: [PodGroup.of(2, pod)] }),
    ],
  ])('%s', (_, define) => {
    const stack = newStack({ env });
    define(stack);
    expect(unreachable(stack)).toEqual([expect.stringMatching(/^the image 'python:3.13-slim' .* in Stack\/Known:/)]);
  });
});

describe('a compute environment says that it is in subnets without a way to the internet', () => {
  const cluster = (stack: Stack): eks.ICluster =>
    eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'jobs',
      clusterSecurityGroupId: 'sg-00000000000000001',
    });

  describe.each<[string, (stack: Stack, vpc: ec2.IVpc) => IComputeEnvironment]>([
    ['EC2', (stack, vpc) => new Ec2ComputeEnvironment(stack, 'Environment', { vpc })],
    ['Fargate', (stack, vpc) => new FargateComputeEnvironment(stack, 'Environment', { vpc })],
    ['ECS Managed Instances', (stack, vpc) => new ManagedInstancesComputeEnvironment(stack, 'Environment', { vpc })],
    [
      'Amazon EKS',
      (stack, vpc) =>
        new EksComputeEnvironment(stack, 'Environment', { vpc, cluster: cluster(stack), kubernetesNamespace: 'batch' }),
    ],
  ])('on %s', (_, define) => {
    test('of this app', () => {
      const stack = newStack();
      expect(define(stack, new IsolatedBatchNetwork(stack, 'Network').vpc).offer?.isolatedSubnets).toBe(true);
    });

    test('but not where it is in others, or in those of another app', () => {
      const stack = newStack();
      expect(define(stack, new BatchNetwork(stack, 'Network').vpc).offer?.isolatedSubnets).toBe(false);
      const other = newStack();
      expect(define(other, importedVpc(other)).offer?.isolatedSubnets).toBe(false);
    });
  });

  test('but not where those of another app may have a way out', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      isolatedSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    });
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const fargate = new FargateComputeEnvironment(stack, 'Environment', { vpc, vpcSubnets });
    expect(fargate.offer?.isolatedSubnets).toBe(false);
  });
});
