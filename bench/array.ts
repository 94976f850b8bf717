import { DescribeJobsCommand, SubmitJobCommand, type BatchClient } from '@aws-sdk/client-batch';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { JOB_ENVIRONMENT } from '../lib/contracts/job-environment';
import { PATHS } from '../examples/flights/demo/paths';
import { PARTS } from '../examples/flights/demo/upload';

const POLL_MS = 20;

/** The same work for both sides: child `index` reads its part of the flights and writes its totals. */
export interface Work {
  readonly bucket: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Writes the items of the array: fixed-width lines, as the plan function does. */
export async function prepare(s3: S3Client, bucket: string, keys: readonly string[]): Promise<Work> {
  const lines = keys.map((key) => JSON.stringify({ bucket, key }));
  const width = Math.max(...lines.map((line) => line.length));
  const itemsKey = 'submissions/bench/items.jsonl';
  const Body = lines.map((line) => `${line.padEnd(width)}\n`).join('');
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: itemsKey, Body }));
  return {
    bucket,
    environment: {
      [JOB_ENVIRONMENT.itemsBucket]: bucket,
      [JOB_ENVIRONMENT.itemsKey]: itemsKey,
      [JOB_ENVIRONMENT.itemCount]: String(keys.length),
      [JOB_ENVIRONMENT.itemBytes]: String(width + 1),
      [JOB_ENVIRONMENT.resultsBucket]: bucket,
      [JOB_ENVIRONMENT.resultsPrefix]: 'submissions/bench/results/',
    },
  };
}

/** Seconds that an array job of one child per part takes on the endpoint. */
export async function arrayJob(batch: BatchClient, queue: string, definition: string, work: Work): Promise<number> {
  const environment = Object.entries({ ...work.environment, FAIL_ONCE_AT: '' }).map(([name, value]) => ({
    name,
    value,
  }));
  const start = performance.now();
  const { jobId = '' } = await batch.send(
    new SubmitJobCommand({
      jobName: 'bench',
      jobQueue: queue,
      jobDefinition: definition,
      arrayProperties: { size: PARTS },
      containerOverrides: { environment },
    }),
  );
  for (;;) {
    const { jobs } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
    const job = jobs?.at(0);
    if (job?.status === 'SUCCEEDED') return (performance.now() - start) / 1000;
    if (job?.status === 'FAILED') throw new Error(`the array job failed: ${job.statusReason ?? ''}`);
    await sleep(POLL_MS);
  }
}

/** Seconds that a bare loop takes to spawn the same commands, as many at once as the endpoint runs. */
export async function bareLoop(environment: NodeJS.ProcessEnv, work: Work, count: number): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      await run({ ...environment, ...work.environment, AWS_BATCH_JOB_ARRAY_INDEX: String(index) });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return (performance.now() - start) / 1000;
}

function run(env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn('node', ['delays.js'], {
      cwd: PATHS.jobs,
      env,
      // As the endpoint does: a process group of its own, which some schedulers treat differently.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Error(`delays.js ended with status ${String(code)}`));
    });
  });
}
