import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { DEPLOYER } from '../../../local/core/world';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';

const folder = mkdtempSync(join(tmpdir(), 'batch-restart-'));
const directory = join(folder, 'state');

let endpoint: Endpoint;
let notes: string[];
const start = async (): Promise<void> => {
  notes = [];
  endpoint = await startEndpoint({ directory, iam: 'off', log: (line) => void notes.push(line) });
};
const call = async (operation: string, input: Input = {}): Promise<Reader> =>
  new Reader(await endpoint.world.call({ service: 'batch', operation, input, principal: DEPLOYER }));

const order = (computeEnvironment: string) => ({
  priority: 1,
  computeEnvironmentOrder: [{ order: 1, computeEnvironment }],
});
const submit = async (
  jobName: string,
  script: string,
  resources: readonly string[],
  queue: string,
  more: Input = {},
) => {
  await call('RegisterJobDefinition', {
    ...{ jobDefinitionName: jobName, type: 'container' },
    consumableResourceProperties: {
      consumableResourceList: resources.map((consumableResource) => ({ consumableResource, quantity: 2 })),
    },
    containerProperties: {
      ...{ image: 'busybox', command: ['sh', '-c', script] },
      resourceRequirements: [
        { type: 'VCPU', value: '1' },
        { type: 'MEMORY', value: '16' },
      ],
    },
  });
  return (await call('SubmitJob', { jobName, jobQueue: queue, jobDefinition: jobName, ...more })).text('jobId');
};
const describeJob = async (id: string): Promise<Reader | undefined> =>
  (await call('DescribeJobs', { jobs: [id] })).records('jobs').at(0);
const reaches = (id: string, status: string): Promise<void> =>
  vi.waitFor(
    async () => {
      expect((await describeJob(id))?.text('status')).toBe(status);
    },
    { timeout: 10_000, interval: 5 },
  );
const used = async (consumableResource: string): Promise<unknown> =>
  (await call('DescribeConsumableResource', { consumableResource })).values.inUseQuantity;

const jobs = { gone: '', after: '' };

/** One story: resources in use, a queue that goes, the endpoint stopped and started again, over what a kill left. */
beforeAll(async () => {
  await start();
  await call('CreateComputeEnvironment', { computeEnvironmentName: 'own', type: 'UNMANAGED' });
  for (const jobQueueName of ['queue', 'going']) await call('CreateJobQueue', { jobQueueName, ...order('own') });
  for (const resourceType of ['REPLENISHABLE', 'NON_REPLENISHABLE']) {
    const consumableResourceName = resourceType.toLowerCase();
    await call('CreateConsumableResource', { consumableResourceName, resourceType, totalQuantity: 10 });
  }
  const both = ['replenishable', 'non_replenishable'];
  await reaches(await submit('uses', 'true', both, 'queue'), 'SUCCEEDED');
  await reaches(await submit('holds', 'sleep 60', both, 'queue'), 'RUNNING');
  await call('CreateConsumableResource', {
    ...{ consumableResourceName: 'last', resourceType: 'REPLENISHABLE', totalQuantity: 1 },
  });
  await reaches(await submit('late', 'true', ['non_replenishable'], 'queue'), 'SUCCEEDED');

  jobs.gone = await submit('gone', 'true', [], 'going');
  await reaches(jobs.gone, 'SUCCEEDED');
  jobs.after = await submit('after', 'true', [], 'queue', { dependsOn: [{ jobId: jobs.gone }] });
  await reaches(jobs.after, 'SUCCEEDED');
  const last = await submit('last', 'sleep 60', [], 'going');
  await reaches(last, 'RUNNING');
  await call('UpdateJobQueue', { jobQueue: 'going', state: 'DISABLED' });
  await call('DeleteJobQueue', { jobQueue: 'going' });
  await reaches(last, 'FAILED');

  await endpoint.close();
  mkdirSync(join(directory, 'batch', '1'), { recursive: true });
  writeFileSync(join(directory, 'batch', '1', 'left'), '');
  await start();
});

afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an attempt finds nothing of one before the restart', async () => {
  await reaches(await submit('clean', 'test ! -e left', [], 'queue'), 'SUCCEEDED');
});

test('what jobs held is free again, what they used up is not', async () => {
  expect([await used('replenishable'), await used('non_replenishable')]).toEqual([0, 6]);
});

test('an unmanaged compute environment is one', async () => {
  await call('UpdateComputeEnvironment', { computeEnvironment: 'own', state: 'DISABLED' });
  const [environment] = (await call('DescribeComputeEnvironments')).records('computeEnvironments');
  expect(environment.values).toMatchObject({ type: 'UNMANAGED', state: 'DISABLED' });
  expect(environment.has('computeResources')).toBe(false);
});

test('a queue that went with its last job does not come back', async () => {
  const queues = (await call('DescribeJobQueues')).records('jobQueues').map((queue) => queue.text('jobQueueName'));
  expect(queues).toEqual(['queue']);
});

test('a job that another one of a queue that is gone came before is what it was', async () => {
  await reaches(jobs.after, 'SUCCEEDED');
});

test('a job of a queue that is gone is complained about once', async () => {
  const complaints = () => notes.filter((line) => line.includes(jobs.gone));
  expect(complaints()).toHaveLength(1);
  await endpoint.close();
  await start();
  expect(complaints()).toEqual([]);
});
