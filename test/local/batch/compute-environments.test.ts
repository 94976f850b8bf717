import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const EC2 = {
  type: 'EC2',
  maxvCpus: 16,
  instanceRole: 'profile',
  instanceTypes: ['m6i'],
  subnets: ['subnet-1'],
  securityGroupIds: ['sg-1'],
};
const FARGATE = { type: 'FARGATE', maxvCpus: 16, subnets: ['subnet-1'], securityGroupIds: ['sg-1'] };

const MANAGED_INSTANCES = {
  type: 'ECS_MANAGED_INSTANCES',
  maxvCpus: 16,
  managedInstancesProvider: {
    infrastructureRoleArn: 'arn:aws:iam::000000000000:role/i',
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: 'arn:aws:iam::000000000000:instance-profile/p',
      networkConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] },
    },
  },
};

const create = (computeResources: Input, input: Input = {}) =>
  bench.call('CreateComputeEnvironment', {
    computeEnvironmentName: 'new',
    type: 'managed',
    computeResources,
    ...input,
  });

const describeOne = async (name: string): Promise<Reader> => {
  const answer = await bench.call('DescribeComputeEnvironments', { computeEnvironments: [name] });
  return new Reader(answer).records('computeEnvironments')[0];
};

describe('a compute environment', () => {
  test.each([
    ['EC2', EC2],
    [
      'SPOT',
      {
        ...EC2,
        type: 'SPOT',
        allocationStrategy: 'SPOT_CAPACITY_OPTIMIZED',
        launchTemplate: { launchTemplateId: 'lt' },
      },
    ],
    ['FARGATE', FARGATE],
    ['FARGATE_SPOT', { ...FARGATE, type: 'FARGATE_SPOT' }],
  ])('of type %s is valid at once and described as requested', async (_, computeResources) => {
    const answer = await create(computeResources, {
      tags: { team: 'x' },
      serviceRole: 'arn:aws:iam::000000000000:role/r',
    });
    const arn = 'arn:aws:batch:us-east-1:000000000000:compute-environment/new';
    expect(answer).toEqual({ computeEnvironmentName: 'new', computeEnvironmentArn: arn });
    expect((await describeOne(arn)).values).toMatchObject({
      computeEnvironmentArn: arn,
      type: 'MANAGED',
      state: 'ENABLED',
      status: 'VALID',
      serviceRole: 'arn:aws:iam::000000000000:role/r',
      tags: { team: 'x' },
      computeResources,
    });
  });

  test('is updated in part', async () => {
    await create(EC2);
    await bench.call('UpdateComputeEnvironment', {
      computeEnvironment: 'new',
      state: 'DISABLED',
      computeResources: { maxvCpus: 8, updateToLatestImageVersion: true },
      updatePolicy: { jobExecutionTimeoutMinutes: 30 },
    });
    const { values } = await describeOne('new');
    expect(values).toMatchObject({
      state: 'DISABLED',
      computeResources: { ...EC2, maxvCpus: 8 },
      updatePolicy: { jobExecutionTimeoutMinutes: 30 },
    });
    expect(values.computeResources).not.toHaveProperty('updateToLatestImageVersion');
  });

  test('is gone after its deletion', async () => {
    await create(EC2, { state: 'DISABLED' });
    await bench.call('DeleteComputeEnvironment', { computeEnvironment: 'new' });
    expect(await bench.call('DescribeComputeEnvironments', { computeEnvironments: ['new'] })).toMatchObject({
      computeEnvironments: [],
    });
  });

  test('refuses to be deleted while a queue uses it', async () => {
    await expect(bench.call('DeleteComputeEnvironment', { computeEnvironment: 'ce' })).rejects.toThrow(
      "Cannot delete, found existing JobQueue relationship: 'queue' uses 'ce'",
    );
  });

  test('refuses to be deleted while it is enabled', async () => {
    await create(EC2);
    await expect(bench.call('DeleteComputeEnvironment', { computeEnvironment: 'new' })).rejects.toThrow(
      "compute environment 'new' must be DISABLED first",
    );
  });

  test('refuses to change from EC2 to Fargate', async () => {
    await create({ ...FARGATE });
    await expect(
      bench.call('UpdateComputeEnvironment', { computeEnvironment: 'new', computeResources: EC2 }),
    ).rejects.toThrow('cannot change between EC2, Fargate and Managed Instances');
  });

  test.each<[Input, Input, string]>([
    [EC2, { computeEnvironmentName: 'a b' }, "compute environment name 'a b' must be 1 to 128 letters"],
    [EC2, { computeEnvironmentName: 'ce' }, "compute environment 'ce' exists already"],
    [EC2, { type: 'OTHER' }, "'type' must be one of MANAGED | UNMANAGED, got 'OTHER'"],
    [EC2, { state: 'ON' }, "'state' must be one of ENABLED | DISABLED, got 'ON'"],
    [
      { ...EC2, type: 'GPU' },
      {},
      "'computeResources.type' must be one of EC2 | SPOT | FARGATE | FARGATE_SPOT | ECS_MANAGED_INSTANCES, got 'GPU'",
    ],
    [{ ...EC2, maxvCpus: -1 }, {}, "'computeResources.maxvCpus' must be a whole number at least 0, got -1"],
    [{ ...EC2, maxvCpus: undefined }, {}, "'computeResources.maxvCpus' must be a number, got nothing"],
    [{ ...EC2, minvCpus: 17 }, {}, "'computeResources.minvCpus' must be at most maxvCpus 16, got 17"],
    [{ ...EC2, instanceRole: undefined }, {}, "'computeResources.instanceRole' must be given for EC2"],
    [{ ...EC2, subnets: [] }, {}, "'computeResources.subnets' must have at least one entry"],
    [{ ...EC2, securityGroupIds: [] }, {}, "must have 'securityGroupIds' or a 'launchTemplate'"],
    [
      { ...EC2, allocationStrategy: 'SPOT_CAPACITY_OPTIMIZED' },
      {},
      "'computeResources.allocationStrategy' must be one of",
    ],
    [{ ...EC2, type: 'SPOT' }, {}, "'computeResources.spotIamFleetRole' must be given for SPOT"],
    [{ ...FARGATE, instanceTypes: ['m6i'] }, {}, "'computeResources.instanceTypes' must not be given for Fargate"],
    [{ ...FARGATE, securityGroupIds: [] }, {}, "'computeResources.securityGroupIds' must have 1 to 5 entries"],
    [
      { ...FARGATE, subnets: Array(17).fill('s') },
      {},
      "'computeResources.subnets' must have 1 to 16 entries for Fargate, got 17",
    ],
    [EC2, { type: 'UNMANAGED' }, "'computeResources' must not be given for type UNMANAGED"],
    [EC2, { unmanagedvCpus: 1 }, "'unmanagedvCpus' must not be given for type MANAGED"],
    [EC2, { eksConfiguration: {} }, "'eksConfiguration.eksClusterArn' must be a string, got nothing"],
    [
      EC2,
      { eksConfiguration: { eksClusterArn: 'a', kubernetesNamespace: 'n' } },
      "'computeResources.allocationStrategy'",
    ],
    [{ ...MANAGED_INSTANCES, subnets: ['s'] }, {}, "'computeResources.subnets' must not be given for ECS_MANAGED_INST"],
    [
      { ...EC2, managedInstancesProvider: {} },
      {},
      "'computeResources.managedInstancesProvider' must not be given for EC2",
    ],
  ])('refuses %j %j', async (computeResources, input, message) => {
    const refusal = create(computeResources, input);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({ code: 'ClientException', statusCode: 400 });
  });

  test.each<[string, Input, Input, Input]>([
    [
      'on Amazon EKS',
      { ...EC2, allocationStrategy: 'BEST_FIT_PROGRESSIVE' },
      { eksConfiguration: { eksClusterArn: 'arn:aws:eks:us-east-1:000000000000:cluster/c', kubernetesNamespace: 'n' } },
      { containerOrchestrationType: 'EKS', eksConfiguration: { kubernetesNamespace: 'n' } },
    ],
    [
      'of Managed Instances',
      MANAGED_INSTANCES,
      {},
      { type: 'MANAGED', containerOrchestrationType: 'ECS', computeResources: MANAGED_INSTANCES },
    ],
  ])('%s is described as requested', async (_kind, computeResources, input, described) => {
    await create(computeResources, input);
    expect(await bench.call('DescribeComputeEnvironments', { computeEnvironments: ['new'] })).toMatchObject({
      computeEnvironments: [described],
    });
  });

  test('may be unmanaged, and is updated as such', async () => {
    const named = { computeEnvironmentName: 'own', type: 'UNMANAGED' };
    await bench.call('CreateComputeEnvironment', { ...named, unmanagedvCpus: 8 });
    await bench.call('UpdateComputeEnvironment', { computeEnvironment: 'own', unmanagedvCpus: 16 });
    const answer = await bench.call('DescribeComputeEnvironments', { computeEnvironments: ['own'] });
    expect(answer).toMatchObject({ computeEnvironments: [{ type: 'UNMANAGED', unmanagedvCpus: 16 }] });
  });

  test('refuses by name what the endpoint does not do', async () => {
    const refusal = create({ ...EC2, sidecars: 1 });
    await expect(refusal).rejects.toThrow("'sidecars' of computeResources");
    await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
  });
});

test('compute environments are described page by page', async () => {
  await create(EC2);
  const first = new Reader(await bench.call('DescribeComputeEnvironments', { maxResults: 1 }));
  const second = new Reader(
    await bench.call('DescribeComputeEnvironments', { maxResults: 1, nextToken: first.text('nextToken') }),
  );
  const names = [first, second].flatMap((page) => page.records('computeEnvironments'));
  expect(names.map((entry) => entry.text('computeEnvironmentName'))).toEqual(['ce', 'new']);
  expect(second.has('nextToken')).toBe(false);
  await expect(bench.call('DescribeComputeEnvironments', { nextToken: 'x' })).rejects.toThrow(
    "'nextToken' must come from the page before, got 'x'",
  );
});
