import { BatchClient, DescribeJobQueuesCommand, DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch';
import { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { deploy } from '../../examples/flights/demo/deploy';
import { startEndpointProcess } from '../../examples/flights/demo/endpoint';
import { IMAGE, PATHS } from '../../examples/flights/demo/paths';
import { readFlights, upload } from '../../examples/flights/demo/upload';
import { clientEnvironment } from '../../local/environment';
import { expectResult } from './support';

const scratch = mkdtempSync(join(tmpdir(), 'flights-killed-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const start = async () => {
  const endpoint = await startEndpointProcess({ [IMAGE]: PATHS.jobs }, ['--data-dir', join(scratch, 'state')]);
  return { endpoint, options: clientOptions(endpoint) };
};
type Options = Awaited<ReturnType<typeof start>>['options'];

/** How many children of the one array job have succeeded. */
const succeeded = async (options: Options, jobQueue: string): Promise<number> => {
  const batch = new BatchClient(options);
  const { jobSummaryList = [] } = await batch.send(new ListJobsCommand({ jobQueue, jobStatus: 'PENDING' }));
  const { jobs = [] } = await batch.send(
    new DescribeJobsCommand({ jobs: jobSummaryList.map(({ jobId = '' }) => jobId) }),
  );
  return jobs.at(0)?.arrayProperties?.statusSummary?.SUCCEEDED ?? 0;
};

test('the flights example gives the same result when the endpoint is killed in the middle and starts again', async () => {
  const first = await start();
  onTestFinished(() => first.endpoint.stop());
  const environment = clientEnvironment(first.endpoint.url, process.env);
  const outputs = await deploy(environment, scratch, new AbortController().signal);
  const { jobQueues = [] } = await new BatchClient(first.options).send(new DescribeJobQueuesCommand({}));
  await upload(new S3Client(first.options), outputs.Bucket, readFlights());
  const queue = jobQueues.find(({ jobQueueName }) => jobQueueName?.toLowerCase().includes('standard'));
  await expect
    .poll(() => succeeded(first.options, queue?.jobQueueArn ?? '').catch(() => 0), { timeout: 60_000, interval: 50 })
    .toBeGreaterThan(20);
  process.kill(first.endpoint.pid, 'SIGKILL');

  const second = await start();
  onTestFinished(() => second.endpoint.stop());
  expect(second.endpoint.url).toBe(first.endpoint.url);
  await expectResult(second.options, outputs);
});
