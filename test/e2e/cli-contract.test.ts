import { BatchClient, DescribeJobsCommand, SubmitJobCommand } from '@aws-sdk/client-batch';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { runtimeBundle } from '../local/bundle';
import { emptyBucket, leftovers } from './support/account';
import { type Cli, createCli } from './support/cdk';
import { type DataWishes, dataApp } from './support/data-app';

/** Who the CLI calls as; what CloudFormation does to resources is done by its execution role. */
const CLI = /:user\/deployer$|(-deploy-role|-file-publishing-role|-lookup-role)/;

const IN_STACKS = ['cloudformation:DescribeStacks', 'sts:AssumeRole'];
const CHANGES = [
  ...['CreateChangeSet', 'DescribeChangeSet', 'GetTemplate'].map((operation) => `cloudformation:${operation}`),
  // CloudFormation reads the template, and the version of the bootstrap, in the name of the CLI.
  ...[...IN_STACKS, 's3:GetObject', 's3:ListObjectsV2', 'ssm:GetParameter'],
];
const UPLOAD = ['s3:GetBucketEncryption', 's3:GetBucketLocation', 's3:PutObject'];
const DEPLOY = [...CHANGES, 'cloudformation:DescribeStackEvents', 'cloudformation:ExecuteChangeSet'];
const UPDATE = [...DEPLOY, 'cloudformation:DeleteChangeSet'];

/** The operations that each command of the CLI needs: a new version of the CLI shows here what it needs more. */
const CONTRACT = {
  deploy: [...DEPLOY, ...UPLOAD],
  diff: [...CHANGES, ...UPLOAD, 'cloudformation:DeleteChangeSet'],
  update: UPDATE,
  failure: [...UPDATE, ...UPLOAD, 'cloudformation:DescribeStackResources', 'cloudtrail:LookupEvents'],
  failureAgain: [...UPDATE, 'cloudformation:DescribeStackResources', 'cloudtrail:LookupEvents'],
  rollback: [...IN_STACKS, 'cloudformation:DescribeStackEvents', 'cloudformation:RollbackStack', 'ssm:GetParameter'],
  hotswap: [
    ...['cloudformation:GetTemplate', 'cloudformation:ListStackResources', 'lambda:GetFunction'],
    ...['lambda:UpdateFunctionCode', 's3:ListObjectsV2', 'ssm:GetParameter', 'sts:GetCallerIdentity'],
    ...[...IN_STACKS, ...UPLOAD],
  ],
  destroy: [...IN_STACKS, 'cloudformation:DeleteStack', 'cloudformation:DescribeStackEvents'],
};
const needed = (command: keyof typeof CONTRACT): readonly string[] => [...CONTRACT[command]].sort();

let endpoint: Endpoint;
let cli: Cli;
let calls = new Set<string>();
let names: Readonly<Record<string, string>> = {};
const options = () => ({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });

beforeAll(async () => {
  endpoint = await startEndpoint({
    lambdaRuntime: runtimeBundle(),
    trace: ({ principal, service, operation }) => {
      if (CLI.test(principal)) calls.add(`${service}:${operation}`);
    },
  });
  cli = createCli(endpoint.url);
});
afterAll(async () => {
  cli.remove();
  await endpoint.close();
});

/** Runs a command; answers how it ended and which operations it needs. */
const run = async (command: readonly string[], wishes: DataWishes = {}) => {
  calls = new Set();
  const { status, output } = await cli.run(command, dataApp(wishes));
  return { status, output, calls: [...calls].sort() };
};
const deploy = ['deploy', '--require-approval', 'never'];

const stackStatus = async (): Promise<string | undefined> => {
  const { Stacks: [stack] = [] } = await new CloudFormationClient(options()).send(
    new DescribeStacksCommand({ StackName: 'Data' }),
  );
  names = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  return stack.StackStatus;
};

let jobId = '';
const putData = async (): Promise<void> => {
  const s3 = new S3Client(options());
  for (const Body of ['first', 'second']) await s3.send(new PutObjectCommand({ Bucket: names.Bucket, Key: 'a', Body }));
  await new DynamoDBClient(options()).send(
    new PutItemCommand({ TableName: names.Table, Item: { id: { S: 'row' }, value: { N: '1' } } }),
  );
  await new SQSClient(options()).send(new SendMessageCommand({ QueueUrl: names.Messages, MessageBody: 'hello' }));
  const submitted = await new BatchClient(options()).send(
    new SubmitJobCommand({ jobName: 'long', jobQueue: names.JobQueue, jobDefinition: names.JobDefinition }),
  );
  jobId = submitted.jobId ?? '';
};

/** What is in the account's data. */
const data = async () => {
  const [versions, rows, messages, jobs] = await Promise.all([
    new S3Client(options()).send(new ListObjectVersionsCommand({ Bucket: names.Bucket })),
    new DynamoDBClient(options()).send(new ScanCommand({ TableName: names.Table })),
    new SQSClient(options()).send(new ReceiveMessageCommand({ QueueUrl: names.Messages, VisibilityTimeout: 0 })),
    new BatchClient(options()).send(new DescribeJobsCommand({ jobs: [jobId] })),
  ]);
  return {
    versions: versions.Versions?.map(({ Key, Size }) => `${Key ?? ''} ${Size ?? 0}`),
    rows: rows.Items,
    messages: messages.Messages?.map(({ Body }) => Body),
    jobs: jobs.jobs?.map(({ status }) => status),
  };
};
const DATA = {
  versions: ['a 6', 'a 5'],
  rows: [{ id: { S: 'row' }, value: { N: '1' } }],
  messages: ['hello'],
  jobs: ['RUNNING'],
};

// One story, in order.
test('a first deployment', async () => {
  const { status, output, calls: made } = await run(deploy);
  expect(status, output).toBe(0);
  expect(made).toEqual(needed('deploy'));
  expect(await stackStatus()).toBe('CREATE_COMPLETE');
  await putData();
  await expect.poll(data, { timeout: 20_000 }).toEqual(DATA);
});

test('a diff', async () => {
  const { status, output, calls: made } = await run(['diff'], { seconds: 60 });
  expect(status, output).toBe(0);
  expect(made).toEqual(needed('diff'));
});

test('an update changes what it must, and the data stays', async () => {
  const { status, output, calls: made } = await run(deploy, { seconds: 60 });
  expect(status, output).toBe(0);
  expect(made).toEqual(needed('update'));
  expect(await stackStatus()).toBe('UPDATE_COMPLETE');
  expect(await data()).toEqual(DATA);
});

test('an update that fails is rolled back, and the data stays', async () => {
  const { status, output, calls: made } = await run(deploy, { seconds: 90, breaks: true });
  expect(status).toBe(1);
  expect(output).toContain('Value 5000 for parameter DelaySeconds is invalid');
  expect(made).toEqual(needed('failure'));
  expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await data()).toEqual(DATA);
});

test('a failed update without rollback stays, until it is rolled back', async () => {
  const failed = await run([...deploy, '--no-rollback'], { seconds: 90, breaks: true });
  expect(failed.status).toBe(1);
  expect(failed.calls).toEqual(needed('failureAgain'));
  expect(await stackStatus()).toBe('UPDATE_FAILED');
  const rolledBack = await run(['rollback'], { seconds: 90 });
  expect(rolledBack.status, rolledBack.output).toBe(0);
  expect(rolledBack.calls).toEqual(needed('rollback'));
  expect(await stackStatus()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await data()).toEqual(DATA);
});

test('a hotswap changes the code of a function and nothing else', async () => {
  const { status, output, calls: made } = await run([...deploy, '--hotswap'], { seconds: 60, answer: 'swapped' });
  expect(status, output).toBe(0);
  expect(made).toEqual(needed('hotswap'));
  const { Payload } = await new LambdaClient(options()).send(new InvokeCommand({ FunctionName: names.Function }));
  expect(Buffer.from(Payload ?? []).toString()).toBe('"swapped"');
});

test('a destruction with data in it keeps the bucket and says why; once it is empty, nothing is left', async () => {
  const refused = await run(['destroy', '--force']);
  expect(refused.status).toBe(1);
  expect(refused.calls).toEqual(needed('destroy'));
  expect(await stackStatus()).toBe('DELETE_FAILED');
  await emptyBucket(new S3Client(options()), names.Bucket);
  const { status, output } = await run(['destroy', '--force']);
  expect(status, output).toBe(0);
  // The log groups of functions and jobs belong to no stack.
  expect(Object.values({ ...(await leftovers(options())), logGroups: [] }).flat()).toEqual([]);
});
