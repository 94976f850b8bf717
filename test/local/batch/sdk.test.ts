import {
  BatchClient,
  CancelJobCommand,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';

let endpoint: Endpoint;
let batch: BatchClient;

beforeAll(async () => {
  endpoint = await startEndpoint({ iam: 'off' });
  const { url, credentials } = endpoint;
  batch = new BatchClient({ endpoint: url, region: 'us-east-1', credentials });
  await batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'ce',
      type: 'MANAGED',
      computeResources: { type: 'FARGATE', maxvCpus: 4, subnets: ['subnet-1'], securityGroupIds: ['sg-1'] },
    }),
  );
  await batch.send(
    new CreateJobQueueCommand({
      jobQueueName: 'queue',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'ce' }],
    }),
  );
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'job',
      type: 'container',
      platformCapabilities: ['FARGATE'],
      containerProperties: {
        image: 'example/image',
        command: ['node', '-e', 'process.exit(Number(process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? 0))'],
        executionRoleArn: 'arn:aws:iam::000000000000:role/execution',
        resourceRequirements: [
          { type: 'VCPU', value: '0.25' },
          { type: 'MEMORY', value: '512' },
        ],
      },
    }),
  );
});
afterAll(() => endpoint.close());

const describeOne = async (jobId: string) => (await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs?.[0];

describe('the unmodified SDK client', () => {
  test('submits, describes and lists an array job', async () => {
    const { jobId = '' } = await batch.send(
      new SubmitJobCommand({ jobName: 'array', jobQueue: 'queue', jobDefinition: 'job', arrayProperties: { size: 2 } }),
    );
    const parent = await vi.waitFor(
      async () => {
        const job = await describeOne(jobId);
        expect(job?.status).toBe('FAILED');
        return job;
      },
      { timeout: 20_000 },
    );
    expect(parent?.arrayProperties?.statusSummary).toMatchObject({ SUCCEEDED: 1, FAILED: 1 });
    const failed = await batch.send(new ListJobsCommand({ arrayJobId: jobId, jobStatus: 'FAILED' }));
    expect(failed.jobSummaryList?.map((job) => [job.jobId, job.container?.exitCode])).toEqual([[`${jobId}:1`, 1]]);
  });

  test('gets a client exception for what AWS refuses', async () => {
    await expect(
      batch.send(new SubmitJobCommand({ jobName: 'x', jobQueue: 'none', jobDefinition: 'job' })),
    ).rejects.toMatchObject({ name: 'ClientException', message: "job queue 'none' does not exist" });
  });

  test.each([CancelJobCommand, TerminateJobCommand])('may stop a job that has ended', async (Command) => {
    const { jobId } = await batch.send(new SubmitJobCommand({ jobName: 'x', jobQueue: 'queue', jobDefinition: 'job' }));
    const answer = await batch.send(new Command({ jobId, reason: 'not needed' }));
    expect(answer.$metadata.httpStatusCode).toBe(200);
  });
});
