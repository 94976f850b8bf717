import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { BatchBench } from './support';

let bench: BatchBench;
beforeEach(async () => {
  bench = await BatchBench.create();
});
afterEach(() => bench.world.close());

const size = (vcpus: string, memory: string) => ({
  resourceRequirements: [
    { type: 'VCPU', value: vcpus },
    { type: 'MEMORY', value: memory },
  ],
});

const register = (container: Input = {}, input: Input = {}) =>
  bench.call('RegisterJobDefinition', {
    jobDefinitionName: 'new',
    type: 'container',
    containerProperties: { image: 'i', command: ['true'], ...size('1', '512'), ...container },
    ...input,
  });

const fargate = (container: Input) =>
  register(
    { executionRoleArn: 'arn:aws:iam::000000000000:role/e', ...container },
    { platformCapabilities: ['FARGATE'] },
  );

const list = async (input: Input): Promise<readonly string[]> =>
  new Reader(await bench.call('DescribeJobDefinitions', input))
    .records('jobDefinitions')
    .map(
      (definition) =>
        `${definition.text('jobDefinitionName')}:${definition.text('revision')} ${definition.text('status')}`,
    );

describe('a job definition', () => {
  test('gets a revision with each registration', async () => {
    expect(await register()).toEqual({
      jobDefinitionName: 'new',
      jobDefinitionArn: 'arn:aws:batch:us-east-1:000000000000:job-definition/new:1',
      revision: 1,
    });
    await bench.call('DeregisterJobDefinition', { jobDefinition: 'new:1' });
    expect(await register()).toMatchObject({ revision: 2 });
  });

  test('is described as registered, parts without an effect included', async () => {
    const container = {
      executionRoleArn: 'arn:aws:iam::000000000000:role/e',
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/jobs', mode: 'non-blocking' } },
    };
    await register(container, {
      parameters: { a: 'b' },
      retryStrategy: { attempts: 2 },
      timeout: { attemptDurationSeconds: 60 },
      schedulingPriority: 5,
      tags: { team: 'x' },
    });
    const [definition] = new Reader(await bench.call('DescribeJobDefinitions', { jobDefinitions: ['new:1'] })).records(
      'jobDefinitions',
    );
    expect(definition.values).toMatchObject({
      type: 'container',
      containerProperties: container,
      parameters: { a: 'b' },
      retryStrategy: { attempts: 2 },
      timeout: { attemptDurationSeconds: 60 },
      schedulingPriority: 5,
      platformCapabilities: ['EC2'],
      tags: { team: 'x' },
    });
  });

  test('is found by name, status and revision', async () => {
    await register();
    await register();
    await bench.define('other', '');
    await bench.call('DeregisterJobDefinition', {
      jobDefinition: 'arn:aws:batch:us-east-1:000000000000:job-definition/new:1',
    });
    expect(await list({ jobDefinitionName: 'new' })).toEqual(['new:1 INACTIVE', 'new:2 ACTIVE']);
    expect(await list({ status: 'ACTIVE' })).toEqual(['new:2 ACTIVE', 'other:1 ACTIVE']);
    expect(await list({ jobDefinitions: ['new:2'] })).toEqual(['new:2 ACTIVE']);
  });

  test.each([
    ['0.25', '512'],
    ['1', '8192'],
    ['4', '30720'],
    ['16', '122880'],
    ['32', '249856'],
  ])('may ask Fargate for %s vCPUs and %s MiB', async (vcpus, memory) => {
    expect(await fargate(size(vcpus, memory))).toMatchObject({ revision: 1 });
  });

  test.each<[Input, string]>([
    [size('3', '8192'), 'Fargate offers 0.25, 0.5, 1, 2, 4, 8, 16, 32 vCPUs, got 3'],
    [size('1', '512'), 'with 1 vCPUs Fargate offers 2048, 3072, 4096, 5120, 6144, 7168, 8192 MiB of memory, got 512'],
    [{ executionRoleArn: undefined }, "'executionRoleArn' must be given for Fargate"],
    [{ privileged: true }, "'privileged' must not be given for Fargate"],
    [{ resourceRequirements: [{ type: 'GPU', value: '1' }] }, 'Fargate has no GPU'],
  ])('refuses %j on Fargate', async (container, message) => {
    await expect(fargate(container)).rejects.toThrow(message);
  });

  test.each<[Input, Input, string]>([
    [{}, { jobDefinitionName: '_x' }, "job definition name '_x' must be 1 to 128 letters"],
    [{}, { type: 'x' }, "'type' must be one of container | multinode, got 'x'"],
    [{ image: undefined }, {}, "'containerProperties.image' must be a string, got nothing"],
    [{ resourceRequirements: [{ type: 'VCPU', value: '1' }] }, {}, 'must have a VCPU and a MEMORY entry'],
    [size('1', '3'), {}, "MEMORY must be at least 4 MiB, got '3'"],
    [size('0.5', '512'), {}, 'on EC2 VCPU must be a whole number, got 0.5'],
    [{ environment: [{ name: 'AWS_BATCH_X', value: '' }] }, {}, 'must not start with AWS_BATCH'],
    [{}, { timeout: { attemptDurationSeconds: 59 } }, 'must be a whole number at least 60, got 59'],
    [{}, { schedulingPriority: 10_000 }, 'must be a whole number between 0 and 9999, got 10000'],
    [{}, { type: 'multinode' }, 'of type multinode has one of nodeProperties, got containerProperties'],
    [{}, { ecsProperties: {} }, 'ecsProperties, eksProperties, got containerProperties, ecsProperties'],
    [{}, { platformCapabilities: ['MANAGED_INSTANCES'] }, 'must have ecsProperties, got containerProperties'],
    [{ command: ['x'.repeat(25_000)] }, {}, 'a job definition has at most 24576 bytes'],
  ])('refuses %j %j', async (container, input, message) => {
    const refusal = register(container, input);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({ code: 'ClientException', statusCode: 400 });
  });

  test.each<[Input, Input, string]>([
    [{ instanceType: 'm6i.large' }, {}, "'instanceType' of containerProperties"],
    [{}, { other: {} }, "'other' of RegisterJobDefinition"],
    [{ sidecar: {} }, {}, "'sidecar' of containerProperties"],
  ])('refuses by name what the endpoint does not do: %j %j', async (container, input, name) => {
    const refusal = register(container, input);
    await expect(refusal).rejects.toThrow(name);
    await expect(refusal).rejects.toMatchObject({ code: 'NotImplemented', statusCode: 501 });
  });

  test.each([
    ['new', "'jobDefinition' must name a revision, as in 'new:1', got 'new'"],
    ['new:9', "job definition 'new:9' does not exist"],
  ])('refuses to deregister %s', async (jobDefinition, message) => {
    await register();
    await expect(bench.call('DeregisterJobDefinition', { jobDefinition })).rejects.toThrow(message);
  });
});
