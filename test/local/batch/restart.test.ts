import { mkdtempSync, rmSync } from 'node:fs';
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
const submit = async (jobName: string, script: string, queue: string, more: Input = {}) => {
  await call('RegisterJobDefinition', {
    ...{ jobDefinitionName: jobName, type: 'container' },
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

const jobs = { gone: '', after: '' };

/** One story: a queue goes, the endpoint is stopped and started again. */
beforeAll(async () => {
  await start();
  await call('CreateComputeEnvironment', { computeEnvironmentName: 'own', type: 'UNMANAGED' });
  for (const jobQueueName of ['queue', 'going']) await call('CreateJobQueue', { jobQueueName, ...order('own') });
  jobs.gone = await submit('gone', 'true', 'going');
  await reaches(jobs.gone, 'SUCCEEDED');
  jobs.after = await submit('after', 'true', 'queue', { dependsOn: [{ jobId: jobs.gone }] });
  await reaches(jobs.after, 'SUCCEEDED');
  await call('UpdateJobQueue', { jobQueue: 'going', state: 'DISABLED' });
  await call('DeleteJobQueue', { jobQueue: 'going' });

  await endpoint.close();
  await start();
});

afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
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
