import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { DEPLOYER } from '../../../local/core/world';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';

const folder = mkdtempSync(join(tmpdir(), 'kept-jobs-'));
const gate = join(folder, 'gate');
const LOST = 'Host EC2 (instance i-0123456789abcdef0) terminated.';

let endpoint: Endpoint;
const start = async (): Promise<void> => {
  endpoint = await startEndpoint({ directory: join(folder, 'state'), iam: 'off' });
};
const call = async (operation: string, input: Input): Promise<Reader> =>
  new Reader(await endpoint.world.call({ service: 'batch', operation, input, principal: DEPLOYER }));

/** Registers a job definition with a shell script, submits a job of it. */
const submit = async (jobName: string, script: string, job: Input = {}, queue = 'queue'): Promise<string> => {
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
  return (await call('SubmitJob', { jobName, jobQueue: queue, jobDefinition: jobName, ...job })).text('jobId');
};
const describeJob = async (id: string): Promise<Reader> =>
  (await call('DescribeJobs', { jobs: [id] })).records('jobs')[0];
const reaches = (id: string, status: string): Promise<void> =>
  vi.waitFor(
    async () => {
      expect((await describeJob(id)).text('status')).toBe(status);
    },
    { timeout: 10_000, interval: 5 },
  );

const WAIT = `until test -e ${gate}; do sleep 0.02; done`;
const jobs = { done: '', once: '', sequence: '', after: '', cancelled: '' };
let before: Reader;

/** One story: jobs in all states, the endpoint stopped and started again. */
beforeAll(async () => {
  await start();
  const places = { subnets: ['subnet-1'], securityGroupIds: ['sg-1'], instanceRole: 'instance-profile' };
  await call('CreateComputeEnvironment', {
    ...{ computeEnvironmentName: 'ce', type: 'MANAGED' },
    computeResources: { type: 'EC2', maxvCpus: 4, instanceTypes: ['m6i.large'], ...places },
  });
  const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'ce' }];
  await call('CreateJobQueue', { jobQueueName: 'queue', priority: 1, computeEnvironmentOrder });

  jobs.done = await submit('done', 'exit 3', { retryStrategy: { attempts: 2 } });
  await reaches(jobs.done, 'FAILED');
  before = await describeJob(jobs.done);
  jobs.once = await submit('once', WAIT);
  const arrayProperties = { size: 3 };
  const sequential = { arrayProperties, dependsOn: [{ type: 'SEQUENTIAL' }], retryStrategy: { attempts: 3 } };
  jobs.sequence = await submit('sequence', `test $AWS_BATCH_JOB_ARRAY_INDEX = 0 || ${WAIT}`, sequential);
  const dependsOn = [{ jobId: jobs.sequence }];
  jobs.after = await submit('after', 'true', { dependsOn });
  jobs.cancelled = await submit('cancelled', 'true', { dependsOn });
  await reaches(jobs.cancelled, 'PENDING');
  await call('CancelJob', { jobId: jobs.cancelled, reason: 'not needed' });
  for (const id of [jobs.once, `${jobs.sequence}:1`]) await reaches(id, 'RUNNING');
  await call('DeregisterJobDefinition', { jobDefinition: 'sequence:1' });
  await call('CreateComputeEnvironment', { computeEnvironmentName: 'own', type: 'UNMANAGED' });
  writeFileSync(join(folder, 'state/batch/left'), 'by an attempt');
  await endpoint.close();
  await start();
});

afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('after a restart, a job', () => {
  test('that had ended is what it was', async () => {
    expect((await describeJob(jobs.done)).values).toEqual(before.values);
  });

  test('that ran has lost its host, and fails when it may not try again', async () => {
    await reaches(jobs.once, 'FAILED');
    expect((await describeJob(jobs.once)).text('statusReason')).toBe(LOST);
  });

  test('that ran tries again when it may; what waits for it goes on waiting', async () => {
    const [first, second, third] = [0, 1, 2].map((index) => `${jobs.sequence}:${index}`);
    await reaches(second, 'RUNNING');
    const [lost] = (await describeJob(second)).records('attempts');
    expect(lost.text('statusReason')).toBe(LOST);
    const container = lost.record('container');
    expect(container.text('taskArn')).toMatch(/:task\/batch\/[0-9a-f]{32}$/);
    expect(container.text('logStreamName')).toMatch(/^sequence\/default\/[0-9a-f]{32}$/);
    for (const id of [jobs.after, jobs.sequence, third]) {
      expect((await describeJob(id)).text('status')).toBe('PENDING');
    }
    writeFileSync(gate, '');
    for (const id of [jobs.sequence, jobs.after]) await reaches(id, 'SUCCEEDED');
    const attempts = await Promise.all(
      [first, second, third].map(async (id) => (await describeJob(id)).records('attempts').length),
    );
    expect(attempts).toEqual([1, 2, 1]);
  });

  test('that was cancelled while it waited is so when it would run', async () => {
    await reaches(jobs.cancelled, 'FAILED');
    expect((await describeJob(jobs.cancelled)).text('statusReason')).toBe('not needed');
  });

  test('finds nothing of the attempts before; an unmanaged compute environment is still one', async () => {
    expect(existsSync(join(folder, 'state/batch/left'))).toBe(false);
    const environments = await call('DescribeComputeEnvironments', { computeEnvironments: ['own'] });
    expect(environments.records('computeEnvironments')[0].text('type')).toBe('UNMANAGED');
  });

  test('that is new comes after all others', async () => {
    const id = await submit('new', 'true');
    await reaches(id, 'SUCCEEDED');
    const listed = await call('ListJobs', { jobQueue: 'queue', jobStatus: 'SUCCEEDED' });
    expect(listed.records('jobSummaryList').map((job) => job.text('jobName'))).toContain('new');
  });
});
