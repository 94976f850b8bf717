import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { Reader } from '../../../../local/core/reader';
import { att, createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

const environment = (maxvCpus: number, more: Input = {}) => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: {
    Type: 'managed',
    ReplaceComputeEnvironment: false,
    UpdatePolicy: { TerminateJobsOnUpdate: false },
    ComputeResources: { Type: 'FARGATE', MaxvCpus: maxvCpus, Subnets: ['s'], SecurityGroupIds: ['g'] },
    ...more,
  },
});
const queue = (Priority: number) => ({
  Type: 'AWS::Batch::JobQueue',
  Properties: {
    Priority,
    State: 'ENABLED',
    ComputeEnvironmentOrder: [{ ComputeEnvironment: att('Env', 'ComputeEnvironmentArn'), Order: 1 }],
  },
});
const definition = (image: string, more: Input = {}) => ({
  Type: 'AWS::Batch::JobDefinition',
  Properties: {
    Type: 'container',
    PlatformCapabilities: ['FARGATE'],
    Parameters: { InputPath: 'a' },
    ContainerProperties: {
      Image: image,
      Command: ['node', 'Ref::InputPath'],
      Environment: [{ Name: 'UPPER', Value: 'Case' }],
      ExecutionRoleArn: 'arn:aws:iam::000000000000:role/r',
      LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'g', Mixed: 'x' } },
      ResourceRequirements: [
        { Type: 'VCPU', Value: '1' },
        { Type: 'MEMORY', Value: '2048' },
      ],
    },
    ...more,
  },
});

test('an environment and its queue are made, changed in place and removed', async () => {
  const first = outputsOf(
    await shop.deployed({ Env: environment(4), Queue: queue(1) }, { E: ref('Env'), Q: ref('Queue') }),
  );
  expect(first.Q).toMatch(/^arn:aws:batch:us-east-1:000000000000:job-queue\/Queue-/);
  const second = outputsOf(
    await shop.deployed({ Env: environment(8), Queue: queue(2) }, { E: ref('Env'), Q: ref('Queue') }),
  );
  expect(second).toEqual(first);
  expect(await shop.run('batch', 'DescribeComputeEnvironments', { computeEnvironments: [first.E] })).toMatchObject({
    computeEnvironments: [{ computeResources: { maxvCpus: 8 }, updatePolicy: { terminateJobsOnUpdate: false } }],
  });
  expect(await shop.run('batch', 'DescribeJobQueues', { jobQueues: [first.Q] })).toMatchObject({
    jobQueues: [{ priority: 2, computeEnvironmentOrder: [{ order: 1, computeEnvironment: first.E }] }],
  });
  await shop.destroyed();
  expect(await shop.run('batch', 'DescribeComputeEnvironments', {})).toMatchObject({ computeEnvironments: [] });
  expect(await shop.run('batch', 'DescribeJobQueues', {})).toMatchObject({ jobQueues: [] });
});

test('what the update policy says follows, and other changes replace an environment unless that is forbidden', async () => {
  const described = (await shop.run('batch', 'DescribeComputeEnvironments', {})).computeEnvironments;
  expect(described).toEqual([]);
  const first = outputsOf(await shop.deployed({ Env: environment(4) }, { E: ref('Env') }));
  const policy = { UpdatePolicy: { TerminateJobsOnUpdate: true } };
  expect(outputsOf(await shop.deployed({ Env: environment(4, policy) }, { E: ref('Env') }))).toEqual(first);
  expect(await shop.run('batch', 'DescribeComputeEnvironments', {})).toMatchObject({
    computeEnvironments: [{ updatePolicy: { terminateJobsOnUpdate: true } }],
  });
  const moved = { Type: 'FARGATE', MaxvCpus: 4, Subnets: ['t'], SecurityGroupIds: ['g'] };
  const kept = environment(4, { ...policy, ComputeResources: moved });
  expect(outputsOf(await shop.deployed({ Env: kept }, { E: ref('Env') }))).toEqual(first);
  const free = environment(4, { ReplaceComputeEnvironment: true, ComputeResources: { ...moved, Subnets: ['u'] } });
  const second = outputsOf(await shop.deployed({ Env: free }, { E: ref('Env') }));
  expect(second.E).not.toBe(first.E);
  expect(await shop.run('batch', 'DescribeComputeEnvironments', {})).toMatchObject({
    computeEnvironments: [{ computeEnvironmentArn: second.E, computeResources: { subnets: ['u'] } }],
  });
  await shop.destroyed();
});

test('what somebody else removed does not keep a stack from going', async () => {
  const { Q } = outputsOf(await shop.deployed({ Env: environment(4), Queue: queue(1) }, { Q: ref('Queue') }));
  await shop.run('batch', 'UpdateJobQueue', { jobQueue: Q, state: 'DISABLED' });
  await shop.run('batch', 'DeleteJobQueue', { jobQueue: Q });
  await shop.destroyed();
});

test('tags of an environment replace it, and its queue follows before the old one goes', async () => {
  const first = outputsOf(
    await shop.deployed({ Env: environment(4), Queue: queue(1) }, { E: ref('Env'), Q: ref('Queue') }),
  );
  const tagged = { Env: environment(4, { Tags: { Team: 'a' } }), Queue: queue(1) };
  const second = outputsOf(await shop.deployed(tagged, { E: ref('Env'), Q: ref('Queue') }));
  expect(second.E).not.toBe(first.E);
  expect(second.Q).toBe(first.Q);
  expect(await shop.run('batch', 'DescribeComputeEnvironments', {})).toMatchObject({
    computeEnvironments: [{ computeEnvironmentArn: second.E, tags: { Team: 'a' } }],
  });
  await shop.destroyed();
});

test('a job definition gets a revision with each change, and free-form maps keep their case', async () => {
  const statuses = async (name: string) => {
    const output = await shop.run('batch', 'DescribeJobDefinitions', { jobDefinitionName: name });
    return new Reader(output).records('jobDefinitions').map((one) => [one.number('revision'), one.text('status')]);
  };
  const first = outputsOf(await shop.deployed({ Job: definition('a') }, { J: ref('Job') }));
  const name = /job-definition\/(Job-[A-Z0-9]+):1$/.exec(first.J)?.[1] ?? '';
  expect(await shop.run('batch', 'DescribeJobDefinitions', { jobDefinitions: [first.J] })).toMatchObject({
    jobDefinitions: [
      {
        parameters: { InputPath: 'a' },
        containerProperties: {
          environment: [{ name: 'UPPER', value: 'Case' }],
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': 'g', Mixed: 'x' } },
        },
      },
    ],
  });
  const second = outputsOf(await shop.deployed({ Job: definition('b') }, { J: ref('Job') }));
  expect(second.J).toBe(first.J.replace(/:1$/, ':2'));
  expect(await statuses(name)).toEqual([
    [1, 'INACTIVE'],
    [2, 'ACTIVE'],
  ]);
  await shop.destroyed();
  expect((await statuses(name)).every(([, status]) => status === 'INACTIVE')).toBe(true);
});

test('a job definition keeps its old revision when the template says so', async () => {
  const keep = { ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true } };
  const first = outputsOf(await shop.deployed({ Job: definition('a', keep) }, { J: ref('Job') }));
  const second = outputsOf(await shop.deployed({ Job: definition('b', keep) }, { J: ref('Job') }));
  expect(await shop.run('batch', 'DescribeJobDefinitions', { jobDefinitions: [first.J] })).toMatchObject({
    jobDefinitions: [{ status: 'ACTIVE', revision: 1 }],
  });
  await shop.destroyed();
  expect(await shop.run('batch', 'DescribeJobDefinitions', { jobDefinitions: [second.J] })).toMatchObject({
    jobDefinitions: [{ status: 'INACTIVE' }],
  });
  await shop.run('batch', 'DeregisterJobDefinition', { jobDefinition: first.J });
});
