import {
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeComputeEnvironmentsCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
  SubmitJobCommand,
} from '@aws-sdk/client-batch';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListTargetsByRuleCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, GetFunctionCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, ListSubscriptionsCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLIENT_CREDENTIALS } from '../../local/environment';
import { type Clients, clientsFor } from '../conformance/kit/clients';

const ROOT = resolve(import.meta.dirname, '../..');
const TRUST = (Service: string) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' } });

let folder: string;
let child: ChildProcess | undefined;
let clients: Clients;

const start = async (): Promise<void> => {
  child = fork(join(folder, 'main.js'), ['--data-dir', join(folder, 'state')], { silent: true });
  const message: unknown = (await once(child, 'message'))[0];
  const url = /"url":"([^"]+)"/.exec(JSON.stringify(message))?.at(1);
  clients = clientsFor({ endpoint: url, region: 'us-east-1', credentials: CLIENT_CREDENTIALS });
};

const kill = async (): Promise<void> => {
  if (child === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** One story: what was made, the endpoint killed and started again. */
beforeAll(async () => {
  // Inside of the project, where the bundle finds the package that it does not hold.
  await mkdir(join(ROOT, 'dist'), { recursive: true });
  folder = await mkdtemp(join(ROOT, 'dist/restart-'));
  await build({
    entryPoints: ['main.ts', 'batch/process-host/main.ts'].map((file) => join(ROOT, 'local', file)),
    outbase: join(ROOT, 'local'),
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['dynalite'],
    logLevel: 'error',
  });
  await start();
  const { s3, dynamodb, events, sns, lambda, logs, sfn, iam, secrets } = clients;
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'data', VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Body of ['one', 'two']) {
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'a', Body, Metadata: { team: 'x' } }));
  }
  await dynamodb.send(
    new CreateTableCommand({
      ...{ TableName: 'rows', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  await dynamodb.send(new PutItemCommand({ TableName: 'rows', Item: { id: { S: 'a' }, n: { N: '1' } } }));
  await events.send(new PutRuleCommand({ Name: 'rule', EventPattern: '{"source":["app"]}' }));
  const Targets = [{ Id: 'one', Arn: 'arn:aws:sqs:us-east-1:000000000000:queue' }];
  await events.send(new PutTargetsCommand({ Rule: 'rule', Targets }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'topic' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Targets[0]?.Arn }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/g' }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: '/g', logStreamName: 's' }));
  const logEvents = [{ timestamp: Date.now(), message: 'hello' }];
  await logs.send(new PutLogEventsCommand({ logGroupName: '/g', logStreamName: 's', logEvents }));
  await secrets.send(new CreateSecretCommand({ Name: 'secret', SecretString: 'hidden' }));
  const roleOf = async (RoleName: string, service: string) => {
    const role = { RoleName, AssumeRolePolicyDocument: TRUST(service) };
    return (await iam.send(new CreateRoleCommand(role))).Role?.Arn;
  };
  const Code = { ZipFile: zipSync({ 'index.js': strToU8('exports.handler = async () => 1;') }) };
  const Role = await roleOf('function', 'lambda.amazonaws.com');
  await lambda.send(
    new CreateFunctionCommand({ FunctionName: 'f', Role, Code, Runtime: 'nodejs22.x', Handler: 'index.handler' }),
  );
  const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: 7, End: true } } });
  const roleArn = await roleOf('machine', 'states.amazonaws.com');
  await sfn.send(new CreateStateMachineCommand({ name: 'm', roleArn, definition }));
  const { batch } = clients;
  const network = { subnets: ['subnet-1'], securityGroupIds: ['sg-1'] };
  await batch.send(
    new CreateComputeEnvironmentCommand({
      ...{ computeEnvironmentName: 'ce', type: 'MANAGED' },
      computeResources: { type: 'FARGATE', maxvCpus: 1, ...network },
    }),
  );
  const computeEnvironmentOrder = [{ order: 1, computeEnvironment: 'ce' }];
  await batch.send(new CreateJobQueueCommand({ jobQueueName: 'q', priority: 1, computeEnvironmentOrder }));
  const resourceRequirements = [
    { type: 'VCPU' as const, value: '0.25' },
    { type: 'MEMORY' as const, value: '512' },
  ];
  const executionRoleArn = await roleOf('execution', 'ecs-tasks.amazonaws.com');
  await batch.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: 'd', type: 'container', platformCapabilities: ['FARGATE'] },
      containerProperties: { image: 'busybox', command: ['true'], resourceRequirements, executionRoleArn },
    }),
  );
  await kill();
  await start();
}, 60_000);

afterAll(async () => {
  await kill();
  await rm(folder, { recursive: true, force: true });
});

describe('after the endpoint was killed and started again, there are', () => {
  test('buckets, their settings, and objects with all versions', async () => {
    const { Versions = [] } = await clients.s3.send(new ListObjectVersionsCommand({ Bucket: 'data' }));
    const bodies = await Promise.all(
      Versions.map(async ({ VersionId }) => {
        const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'a', VersionId }));
        return Body?.transformToString();
      }),
    );
    expect(bodies).toEqual(['two', 'one']);
    const put = await clients.s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'a', Body: 'three' }));
    expect(put.VersionId).toMatch(/.{8}/);
  });

  test('tables and items', async () => {
    const get = new GetItemCommand({ TableName: 'rows', Key: { id: { S: 'a' } } });
    expect((await clients.dynamodb.send(get)).Item).toEqual({ id: { S: 'a' }, n: { N: '1' } });
  });

  test('rules with their targets, and topics with their subscriptions', async () => {
    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand({ Rule: 'rule' }));
    expect(Targets).toMatchObject([{ Id: 'one' }]);
    const { Subscriptions } = await clients.sns.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions).toMatchObject([{ Protocol: 'sqs' }]);
  });

  test('logs', async () => {
    const get = new GetLogEventsCommand({ logGroupName: '/g', logStreamName: 's', startFromHead: true });
    expect((await clients.logs.send(get)).events).toMatchObject([{ message: 'hello' }]);
  });

  test('secrets, roles and functions', async () => {
    const { SecretString } = await clients.secrets.send(new GetSecretValueCommand({ SecretId: 'secret' }));
    expect(SecretString).toBe('hidden');
    expect((await clients.iam.send(new GetRoleCommand({ RoleName: 'function' }))).Role?.RoleName).toBe('function');
    const { Configuration } = await clients.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
    expect(Configuration).toMatchObject({ Handler: 'index.handler' });
  });

  test('state machines that run', async () => {
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
    const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    await expect
      .poll(async () => (await clients.sfn.send(new DescribeExecutionCommand({ executionArn }))).output)
      .toBe('7');
  });

  test('compute environments, job queues and job definitions, to which jobs are submitted', async () => {
    const { batch } = clients;
    const { computeEnvironments } = await batch.send(new DescribeComputeEnvironmentsCommand({}));
    expect(computeEnvironments).toMatchObject([{ computeEnvironmentName: 'ce', status: 'VALID' }]);
    const submit = new SubmitJobCommand({ jobName: 'j', jobQueue: 'q', jobDefinition: 'd' });
    const { jobId = '' } = await batch.send(submit);
    await expect
      .poll(async () => (await batch.send(new DescribeJobsCommand({ jobs: [jobId] }))).jobs?.at(0)?.statusReason)
      .toContain('logger args');
  });
});
