import { randomUUID } from 'node:crypto';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { beforeAll, describe, expect, test } from 'vitest';
import { s3Objects } from '../../../lambda/shared/objects';
import { submitWith } from '../../../lambda/submit/handler';
import type { EarlierJob } from '../../../lambda/submit/earlier-job';
import { batchJobs } from '../../../lambda/submit/jobs';
import { useAws } from '../aws';
import { batchAnswer, batchFault, withAnswers } from '../answers';
import { CALL, refusalOf, unheard } from '../support';
import { unlimited } from './support';

const aws = useAws();

/** A job of that name, of our definition and under any share identifier. */
const called = (jobName: string): EarlierJob => ({ jobName, jobDefinition: 'sleep', mayHave: () => true });

const REQUEST = { jobName: 'sleep-1', jobQueue: 'standard', jobDefinition: 'sleep' };

beforeAll(async () => {
  const { batch } = aws();
  await batch.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: 'ec2',
      type: 'MANAGED',
      computeResources: {
        type: 'EC2',
        maxvCpus: 2,
        instanceRole: 'instance-profile',
        instanceTypes: ['m6i.large'],
        subnets: ['subnet-1'],
        securityGroupIds: ['sg-1'],
      },
    }),
  );
  for (const [priority, jobQueueName] of ['standard', 'urgent'].entries()) {
    const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'ec2' }];
    await batch.send(new CreateJobQueueCommand({ jobQueueName, priority, computeEnvironmentOrder }));
  }
  await batch.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: 'sleep',
      type: 'container',
      containerProperties: {
        image: 'node',
        command: ['node', '-e', 'setTimeout(() => undefined, 60_000)'],
        resourceRequirements: [
          { type: 'VCPU', value: '1' },
          { type: 'MEMORY', value: '64' },
        ],
      },
    }),
  );
});

describe('jobs in AWS Batch', () => {
  test('are found by their exact name, in any of the queues and in any state', async () => {
    const jobs = batchJobs(aws().batch);
    const jobName = `Plain-${randomUUID()}`;
    const jobId = await jobs.submit({ ...REQUEST, jobName, jobQueue: 'urgent' });
    expect(await jobs.find(['standard', 'urgent'], called(jobName))).toEqual({ jobId, size: 1 });
    expect(await jobs.find(['standard'], called(jobName))).toBeUndefined();
    expect(await jobs.find(['standard', 'urgent'], called(jobName.toLowerCase()))).toBeUndefined();
    expect(await jobs.find(['standard', 'urgent'], called(jobName.slice(0, -1)))).toBeUndefined();
  });

  test('are none of our own with another definition or share identifier, whatever their name', async () => {
    const jobDefinition = 'arn:aws:batch:us-east-1:000000000000:job-definition/sleep:3';
    const other = { jobName: 'a', jobDefinition: 'arn:aws:batch:us-east-1:000000000000:job-definition/sleepy:3' };
    const find = (...found: object[]) =>
      withAnswers(
        [batchAnswer({ jobSummaryList: found.map((job, index) => ({ jobId: `${index}`, jobName: 'a', ...job })) })],
        (options) =>
          batchJobs(new BatchClient(options)).find(['standard'], {
            jobName: 'a',
            jobDefinition: 'sleep:7',
            mayHave: (share) => share === 'film',
          }),
      );
    const film = { jobDefinition, shareIdentifier: 'film' };
    expect(await find({ jobDefinition, shareIdentifier: 'research' })).toBeUndefined();
    expect(await find({ ...film, ...other })).toBeUndefined();
    expect(await find({ shareIdentifier: 'film' })).toBeUndefined();
    expect(await find({ ...film, ...other }, { ...film, shareIdentifier: 'x' }, film)).toEqual({ jobId: '2', size: 1 });
  });

  test('are submitted once for an idempotency key, with their items', async () => {
    const bucket = await aws().newBucket();
    const submit = submitWith({
      objects: s3Objects(aws().s3),
      jobs: batchJobs(aws().batch),
      quotas: unlimited,
      targets: { jobs: { sleep: { jobDefinition: 'sleep', queue: 'own' } }, queues: { own: { arn: 'standard' } } },
      bucket,
      sources: [],
      newId: randomUUID,
    });
    const request = { job: 'sleep', items: { list: ['a', 'b', 'c'] }, idempotencyKey: 'monday' };
    const first = await submit(request, unheard, CALL);
    expect(await submit(request, unheard, CALL)).toEqual({ ...first, duplicate: true });

    const { jobs = [] } = await aws().batch.send(new DescribeJobsCommand({ jobs: [first.jobId ?? ''] }));
    expect(jobs).toMatchObject([{ jobName: first.jobName, arrayProperties: { size: 3 } }]);
    expect(await aws().get(bucket, `submissions/${first.submissionId}/items.jsonl`)).toBe('"a"\n"b"\n"c"\n');
  });

  test('that AWS Batch refuses are refused in its words', async () => {
    expect(await refusalOf(() => batchJobs(aws().batch).submit({ ...REQUEST, jobQueue: 'nowhere' }))).toMatch(
      /^SubmissionRefused: AWS Batch refuses batch:SubmitJob on sleep and nowhere: .*nowhere/,
    );
  });

  test('that AWS Batch refuses are refused without the values that it repeats', async () => {
    const secrets = ['hush"1\n', 'hush"1\nhush', 'hush-parameter'];
    const [value, longer, parameter] = secrets;
    const request = {
      ...REQUEST,
      parameters: { token: parameter },
      containerOverrides: {
        environment: [
          { name: 'A', value },
          { name: 'B', value: longer },
        ],
      },
    };
    const fault = {
      ...batchFault(400, 'ClientException'),
      body: JSON.stringify({ message: `Value 'hu' at 'x' is odd: ${longer}, ${JSON.stringify(secrets)}` }),
    };
    const refusal = await withAnswers([fault], (options) =>
      refusalOf(() => batchJobs(new BatchClient(options)).submit(request)),
    );
    expect(refusal).toBe(
      `SubmissionRefused: AWS Batch refuses batch:SubmitJob on sleep and standard: Value '***' at 'x' is odd: ***, ` +
        `["***","***","***"]`,
    );
  });
});

describe('AWS Batch out of reach', () => {
  test('fails to submit with the permission that is missing', async () => {
    const refusal = await withAnswers([batchFault(403, 'AccessDeniedException')], (options) =>
      refusalOf(() => batchJobs(new BatchClient(options)).submit(REQUEST)),
    );
    expect(refusal).toBe(
      'AccessDenied: batch:SubmitJob is denied on sleep and standard: allow this function that action there',
    );
  });

  test('fails to look jobs up with the permission that is missing', async () => {
    const refusal = await withAnswers([batchFault(403, 'AccessDeniedException')], (options) =>
      refusalOf(() => batchJobs(new BatchClient(options)).find(['standard'], called('a'))),
    );
    expect(refusal).toMatch(/^AccessDenied: batch:ListJobs is denied on standard/);
  });

  test('keeps the name of an error that a caller may retry', async () => {
    const refusal = await withAnswers([batchFault(429, 'TooManyRequestsException')], (options) =>
      refusalOf(() => batchJobs(new BatchClient({ ...options, maxAttempts: 1 })).submit(REQUEST)),
    );
    expect(refusal).toMatch(/^TooManyRequestsException/);
  });

  test('is searched page by page', async () => {
    const jobDefinition = 'arn:aws:batch:us-east-1:000000000000:job-definition/sleep:3';
    const page = batchAnswer({ jobSummaryList: [{ jobId: 'other', jobName: 'A', jobDefinition }], nextToken: 'more' });
    const last = batchAnswer({
      jobSummaryList: [{ jobId: 'job-1', jobName: 'a', jobDefinition, arrayProperties: { size: 9 } }],
    });
    const job = await withAnswers([page, last], (options) =>
      batchJobs(new BatchClient(options)).find(['standard'], called('a')),
    );
    expect(job).toEqual({ jobId: 'job-1', size: 9 });
  });
});
