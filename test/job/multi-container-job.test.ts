import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  ContainerCondition,
  JobDefinitionKind,
  JobLogging,
  JobQueue,
  JobSize,
  JobVolume,
  ManagedInstancesComputeEnvironment,
  MultiContainerJob,
  type MultiContainerJobProps,
  PlatformCapability,
} from '../../lib';
import { definitionOf } from '../support/definition';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { newStack } from '../support/stack';

const { EC2, FARGATE, MANAGED_INSTANCES } = PlatformCapability;
const { ARM_64, X86_64 } = ec2.InstanceArchitecture;
const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<MultiContainerJobProps>, platform = EC2): MultiContainerJob {
  const queue = new PlainQueue(stack, 'Queue', platform);
  return new MultiContainerJob(stack, 'Job', { queue, containers: [{ name: 'main', image }], ...props });
}

const small = (vcpus: number, memoryMiB: number): JobSize => JobSize.of(vcpus, Size.mebibytes(memoryMiB));
const taskOf = (made: MultiContainerJob | BatchJob): unknown => {
  const { type, containerProperties, ecsProperties } = definitionOf(made);
  expect({ type, containerProperties }).toEqual({ type: 'container', containerProperties: undefined });
  expect(ecsProperties).toHaveProperty('taskProperties.length', 1);
  return ecsProperties;
};

test('a container is essential, not root, and logs to the group of the job', () => {
  const made = job({});
  expect(taskOf(made)).toMatchObject({
    taskProperties: [
      {
        taskRoleArn: stack.resolve(made.jobRole.roleArn) as unknown,
        executionRoleArn: stack.resolve(made.executionRole.roleArn) as unknown,
        containers: [
          {
            name: 'main',
            essential: true,
            image: 'busybox',
            user: '1000:1000',
            linuxParameters: { initProcessEnabled: true },
            readonlyRootFilesystem: true,
            logConfiguration: { options: { 'awslogs-group': stack.resolve(made.logGroup.logGroupName) as unknown } },
            resourceRequirements: [
              { type: 'VCPU', value: '1' },
              { type: 'MEMORY', value: '2048' },
            ],
          },
        ],
      },
    ],
  });
  expect(made.kind).toBe(JobDefinitionKind.TASK);
});

test('containers share one log group and one pair of roles', () => {
  job({ containers: ['a', 'b', 'c'].map((name) => ({ name, image })) });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Logs::LogGroup', 1);
  template.resourceCountIs('AWS::IAM::Role', 2);
  expect(statementsOf(stack, 'JobExecutionRole')).toHaveLength(1);
});

test('a sidecar, a container that prepares, and one that routes the log', () => {
  const volume = JobVolume.ephemeral({ name: 'shared' });
  const made = job({
    containers: [
      { name: 'prepare', image, essential: false, mounts: [{ volume, containerPath: '/tmp' }] },
      {
        name: 'main',
        image,
        command: ['run'],
        mounts: [{ volume, containerPath: '/in', readOnly: true }],
        readonlyRootFilesystem: false,
        dependsOn: [{ container: 'prepare', condition: ContainerCondition.SUCCESS }, { container: 'router' }],
        startTimeout: Duration.minutes(10),
        stopTimeout: Duration.minutes(5),
        logging: JobLogging.firelens({ options: { Name: 'cloudwatch' } }),
      },
      {
        name: 'router',
        image,
        essential: false,
        user: '0',
        firelens: { router: ecs.FirelensLogRouterType.FLUENTBIT, options: { 'enable-ecs-log-metadata': 'true' } },
      },
    ],
  });
  expect(taskOf(made)).toMatchObject({
    taskProperties: [
      {
        volumes: [{ name: 'shared' }],
        containers: [
          { name: 'prepare', essential: false, mountPoints: [{ sourceVolume: 'shared', readOnly: false }] },
          {
            name: 'main',
            command: ['run'],
            mountPoints: [{ sourceVolume: 'shared', containerPath: '/in', readOnly: true }],
            dependsOn: [
              { containerName: 'prepare', condition: 'SUCCESS' },
              { containerName: 'router', condition: 'START' },
            ],
            startTimeout: 600,
            stopTimeout: 300,
            logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch' } },
          },
          {
            name: 'router',
            user: '0',
            firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
          },
        ],
      },
    ],
  });
});

test('namespaces and ECS Exec are told to the task', () => {
  const made = job({ pidMode: ecs.PidMode.HOST, ipcMode: ecs.IpcMode.TASK, enableExecuteCommand: true });
  expect(taskOf(made)).toMatchObject({
    taskProperties: [{ pidMode: 'host', ipcMode: 'task', enableExecuteCommand: true }],
  });
});

describe('what it takes', () => {
  const containers = [
    { name: 'a', image, size: JobSize.gpu(1, 4, Size.mebibytes(1000)) },
    { name: 'b', image, size: small(2, 500), essential: false },
  ];

  test('is what all containers take together', () => {
    expect(job({ containers }).demands).toMatchObject([{ vcpus: 6, gpus: 1 }]);
    expect(
      new MultiContainerJob(stack, 'Two', {
        containers,
        queue: new PlainQueue(stack, 'Q2', EC2),
      }).demands?.[0].memory.toMebibytes(),
    ).toBe(1500);
  });

  test('is not known when a part of it is known only at deploy time', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const [first] = containers;
    expect(job({ containers: [first, { name: 'b', image, size: small(number, 500) }] }).demands).toBeUndefined();
  });

  test('refuses a container that is too small on EC2, and says which', () => {
    expect(() => job({ containers: [containers[0], { name: 'b', image, size: small(0.5, 500) }] })).toThrow(
      "'containers[1].size' must ask for a whole number of vCPUs on EC2, at least 1, got 0.5 (in Stack/Job) [cdk-batch-platform:job-size]",
    );
  });
});

describe('on Fargate', () => {
  const sized = (...sizes: readonly JobSize[]): Partial<MultiContainerJobProps> => ({
    containers: sizes.map((size, index) => ({ name: `c${index}`, image, size })),
  });

  test('containers are a pair that Fargate offers together, not each', () => {
    expect(() => job(sized(small(0.75, 1536), small(0.25, 512)), FARGATE)).not.toThrow();
  });

  test('refuses a sum that Fargate does not offer (job-fargate-size)', () => {
    expect(() => job(sized(small(1, 2048), small(0.25, 512)), FARGATE)).toThrow(
      'the size of all containers together must be a pair that Fargate offers, got 1.25 vCPU with 2560 MiB',
    );
  });

  test.each([
    {
      size: JobSize.gpu(1, 1, Size.gibibytes(2)),
      message: "'containers[0].size' asks for GPUs, which Fargate does not offer",
    },
    {
      size: JobSize.of(1, Size.kibibytes(513)),
      message: "'containers[0].size' must ask for whole MiB of memory, at least 4",
    },
  ])('refuses a part of $size', ({ size, message }) => {
    expect(() => job(sized(size, small(1, 512)), FARGATE)).toThrow(message);
  });

  test('what is known only at deploy time passes', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    expect(() => job(sized(small(number, 512), JobSize.of(1, Size.mebibytes(number))), FARGATE)).not.toThrow();
  });

  test('the task is told what only Fargate asks for', () => {
    const made = job(
      {
        fargate: {
          assignPublicIp: true,
          platformVersion: ecs.FargatePlatformVersion.LATEST,
          ephemeralStorage: Size.gibibytes(50),
        },
      },
      FARGATE,
    );
    expect(taskOf(made)).toMatchObject({
      taskProperties: [
        {
          platformVersion: 'LATEST',
          networkConfiguration: { assignPublicIp: 'ENABLED' },
          ephemeralStorage: { sizeInGiB: 50 },
        },
      ],
    });
  });

  test('containers may see the processes of the task', () => {
    expect(taskOf(job({ pidMode: ecs.PidMode.TASK }, FARGATE))).toMatchObject({
      taskProperties: [{ pidMode: 'task' }],
    });
  });

  test.each([
    { modes: { pidMode: ecs.PidMode.HOST }, message: "'pidMode' must be TASK on Fargate, got host" },
    { modes: { ipcMode: ecs.IpcMode.TASK }, message: "'ipcMode' must be left out on Fargate, got task" },
  ])('refuses $modes', ({ modes, message }) => {
    expect(() => job(modes, FARGATE)).toThrow(`${message} (in Stack/Job) [cdk-batch-platform:job-fargate-unsupported]`);
  });
});

describe('on ECS Managed Instances', () => {
  test('the network is that of the host, as AWS says of itself', () => {
    const made = job({}, MANAGED_INSTANCES);
    expect(taskOf(made)).toMatchObject({ taskProperties: [{ networkMode: 'host' }] });
    expect(definitionOf(made).platformCapabilities).toEqual(['MANAGED_INSTANCES']);
  });

  test.each([
    { architectures: [ARM_64], written: [{ cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' }] },
    { architectures: [X86_64], written: [] },
    { architectures: [undefined], written: [] },
    { architectures: [ARM_64, undefined], written: [] },
  ])(
    'a task for Graviton says so, as ECS takes it for x86-64 otherwise: $architectures',
    ({ architectures, written }) => {
      const computeEnvironments = architectures.map((architecture, index) =>
        ManagedInstancesComputeEnvironment.fromManagedInstancesComputeEnvironmentAttributes(stack, `Known${index}`, {
          computeEnvironmentArn: `arn:aws:batch:eu-west-1:111122223333:compute-environment/Known${index}`,
          architecture,
        }),
      );
      const queue = new JobQueue(stack, 'Known', { computeEnvironments });
      const platforms = [...JSON.stringify(taskOf(job({ queue }))).matchAll(/"runtimePlatform":(\{[^}]+\})/g)];
      expect(platforms.map(([, platform]): unknown => JSON.parse(platform))).toEqual(written);
    },
  );

  test('a job of one container is a task, too', () => {
    const made = new BatchJob(stack, 'One', {
      image,
      command: ['x'],
      queue: new PlainQueue(stack, 'Q', MANAGED_INSTANCES),
    });
    expect(taskOf(made)).toMatchObject({
      taskProperties: [{ networkMode: 'host', containers: [{ name: 'default', essential: true, command: ['x'] }] }],
    });
    expect(made.kind).toBe(JobDefinitionKind.TASK);
  });
});
