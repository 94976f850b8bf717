import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
} from '@aws-sdk/client-batch';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOptions } from '../examples/flights/demo/client';
import { type RunningEndpoint, startEndpointProcess } from '../examples/flights/demo/endpoint';
import { residentMiB } from './memory';
import { round } from './round';

const CHILDREN = 10_000;
const POLL_MS = 50;
/** Of a job on Fargate; so many run on one core at once. */
const SMALLEST_VCPU = 0.25;
const AT_ONCE = availableParallelism() / SMALLEST_VCPU;
const OBJECT_BYTES = 64 * 1024 * 1024;
const RUNS = 5;

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The role that lets tasks write logs, as in any account. */
async function makeExecutionRole(iam: IAMClient): Promise<string> {
  const trust = {
    Statement: { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'bench', AssumeRolePolicyDocument }));
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy';
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'bench', PolicyArn }));
  return Role?.Arn ?? '';
}

/** Seconds of an array job whose children do nothing. */
async function arrayOfNothing(batch: BatchClient, executionRoleArn: string): Promise<number> {
  const type = 'FARGATE';
  const places = { subnets: ['subnet-1'], securityGroupIds: ['sg-1'] };
  const computeResources = { type, maxvCpus: availableParallelism(), ...places } as const;
  await batch.send(
    new CreateComputeEnvironmentCommand({ computeEnvironmentName: 'bench', type: 'MANAGED', computeResources }),
  );
  const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'bench' }];
  await batch.send(new CreateJobQueueCommand({ jobQueueName: 'bench', priority: 1, computeEnvironmentOrder }));
  await batch.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: 'nothing', type: 'container', platformCapabilities: ['FARGATE'] },
      containerProperties: {
        ...{ image: 'busybox', command: ['true'], executionRoleArn },
        resourceRequirements: [
          { type: 'VCPU', value: String(SMALLEST_VCPU) },
          { type: 'MEMORY', value: '512' },
        ],
      },
    }),
  );
  return seconds(async () => {
    const job = { jobName: 'bench', jobQueue: 'bench', jobDefinition: 'nothing', arrayProperties: { size: CHILDREN } };
    const { jobId = '' } = await batch.send(new SubmitJobCommand(job));
    for (;;) {
      const { jobs } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
      const { status, statusReason = '' } = jobs?.at(0) ?? {};
      if (status === 'SUCCEEDED') return;
      if (status === 'FAILED') throw new Error(`the array job failed: ${statusReason}`);
      await sleep(POLL_MS);
    }
  });
}

/** Seconds of a bare loop that starts the same commands, as many at once; in a process of its own, which is small. */
function loopOfNothing(count: number): number {
  const answer = execFileSync(process.execPath, [join(__dirname, 'spawn-loop.js'), String(count), String(AT_ONCE)], {
    encoding: 'utf8',
  });
  return Number(answer);
}

/** Putting and getting an object over writing and reading a file of the same size; the median of some runs. */
async function s3Ratio(s3: S3Client): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'batch-platform-bench-s3-'));
  const body = Buffer.alloc(OBJECT_BYTES, 'x');
  const place = { Bucket: 'bench', Key: 'object' };
  await s3.send(new CreateBucketCommand({ Bucket: place.Bucket }));
  const object = async (): Promise<void> => {
    await s3.send(new PutObjectCommand({ ...place, Body: body }));
    const { Body } = await s3.send(new GetObjectCommand(place));
    if (Body instanceof Readable) await finished(Body.resume());
  };
  let files = 0;
  // A new file each time, as an object is.
  const file = async (): Promise<void> => {
    const path = join(scratch, String((files += 1)));
    await pipeline(Readable.from([body]), createWriteStream(path));
    await finished(createReadStream(path).resume());
    rmSync(path);
  };
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run += 1) ratios.push((await seconds(object)) / (await seconds(file)));
  rmSync(scratch, { recursive: true });
  return median(ratios);
}

/** Milliseconds from the start of the process until it is ready; the median of some starts. */
async function startMilliseconds(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    let endpoint: RunningEndpoint | undefined;
    times.push(await seconds(async () => (endpoint = await startEndpointProcess({}))));
    await endpoint?.stop();
  }
  return median(times) * 1000;
}

/** What the local endpoint costs, apart from any platform. */
export async function endpointFigures() {
  const start = await startMilliseconds();
  const endpoint = await startEndpointProcess({});
  try {
    const options = clientOptions(endpoint);
    const role = await makeExecutionRole(new IAMClient(options));
    // Half of the bare loop runs before the array and half after it, so that a drifting machine meets both sides.
    const before = loopOfNothing(CHILDREN / 2);
    const array = await arrayOfNothing(new BatchClient(options), role);
    const resident = residentMiB(endpoint.pid);
    const bare = before + loopOfNothing(CHILDREN / 2);
    const s3 = await s3Ratio(new S3Client({ ...options, forcePathStyle: true }));
    return {
      children_ratio: round(array / bare),
      children_s: round(array),
      rss_mib_10k: resident,
      s3_ratio: round(s3),
      start_ms: Math.round(start),
    };
  } finally {
    await endpoint.stop();
  }
}
