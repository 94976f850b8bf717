import { CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { type Clients, clientsFor } from '../../conformance/kit/clients';

let directory: string;
let endpoint: Endpoint;
let clients: Clients;

const open = async (): Promise<void> => {
  endpoint = await startEndpoint({ directory, iam: 'off' });
  clients = clientsFor({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });
};

const restart = async (): Promise<void> => {
  await endpoint.close();
  await open();
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'states-'));
  await open();
});

afterEach(async () => {
  await endpoint.close();
  await rm(directory, { recursive: true, force: true });
});

const startOf = async (States: Readonly<Record<string, object>>, name = 'machine'): Promise<string> => {
  const trust = { Statement: { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:*' } };
  const role = { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) };
  const roleArn = (await clients.iam.send(new CreateRoleCommand(role))).Role?.Arn;
  const definition = JSON.stringify({ StartAt: Object.keys(States)[0], States });
  const { stateMachineArn } = await clients.sfn.send(new CreateStateMachineCommand({ name, roleArn, definition }));
  const { executionArn = '' } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
  return executionArn;
};

const describeOf = (executionArn: string) => clients.sfn.send(new DescribeExecutionCommand({ executionArn }));

const typesOf = async (executionArn: string) =>
  ((await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? []).map(({ type }) => type);

test('an execution goes on in the state where it was, in what is left of its time', async () => {
  const executionArn = await startOf({
    Keep: { Type: 'Pass', Assign: { kept: 1 }, Next: 'Wait' },
    Wait: { Type: 'Wait', Seconds: 3600, Next: 'End' },
    End: { Type: 'Pass', Parameters: { 'kept.$': '$kept' }, End: true },
  });
  await expect.poll(() => typesOf(executionArn)).toContain('WaitStateEntered');
  await endpoint.world.clock.advance(3_000_000);
  await restart();
  expect((await describeOf(executionArn)).status).toBe('RUNNING');
  await endpoint.world.clock.advance(601_000);
  await expect.poll(async () => (await describeOf(executionArn)).output).toBe('{"kept":1}');
  expect(await typesOf(executionArn)).toEqual([
    ...['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'WaitStateEntered', 'WaitStateExited'],
    ...['PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
  ]);
});

test('the log of an execution goes on too, and does not miss what the log group had no time for', async () => {
  const { stateMachineArn } = await describeOf(await startOf({ Wait: { Type: 'Wait', Seconds: 600, End: true } }));
  await clients.logs.send(new CreateLogGroupCommand({ logGroupName: 'group' }));
  const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:group:*';
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
  await clients.sfn.send(
    new UpdateStateMachineCommand({ stateMachineArn, loggingConfiguration: { level: 'ALL', destinations } }),
  );
  const logged = async () =>
    ((await clients.logs.send(new FilterLogEventsCommand({ logGroupName: 'group' }))).events ?? []).map(
      ({ message = '' }) => /"type":"(\w+)"/.exec(message)?.[1],
    );
  const before = ['ExecutionStarted', 'WaitStateEntered'];

  endpoint.world.faults.set(
    ['CreateLogStream', 'PutLogEvents'].map((name) => ({ kind: 'throttle', at: `logs:${name}`, times: 1 })),
  );
  await clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'logged' }));
  await expect.poll(logged).toEqual(before);
  await restart();
  await endpoint.world.clock.advance(601_000);
  await expect.poll(logged).toEqual([...before, 'WaitStateExited', 'ExecutionSucceeded']);
});

test('a task still waits for the token that it gave away', async () => {
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  const executionArn = await startOf({
    Ask: {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true },
      Parameters: { QueueUrl, 'MessageBody.$': '$$.Task.Token' },
    },
  });
  await expect.poll(() => typesOf(executionArn)).toContain('TaskSubmitted');
  await restart();
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages).toHaveLength(1);
  const send = new SendTaskSuccessCommand({ taskToken: Messages[0]?.Body, output: '7' });
  await expect.poll(() => clients.sfn.send(send).then(() => 'sent')).toBe('sent');
  await expect.poll(async () => (await describeOf(executionArn)).output).toBe('7');
});

test('a task still waits for the execution that it started', async () => {
  const child = await startOf({ Wait: { Type: 'Wait', Seconds: 600, End: true } }, 'child');
  const { stateMachineArn } = await describeOf(child);
  const Resource = 'arn:aws:states:::states:startExecution.sync:2';
  const Parameters = { StateMachineArn: stateMachineArn, Name: 'once', Input: { a: 1 } };
  const executionArn = await startOf({
    Run: { Type: 'Task', Resource, Parameters, OutputPath: '$.Output', End: true },
  });
  await expect.poll(() => typesOf(executionArn)).toContain('TaskSubmitted');
  await restart();
  const started = child.replace(/[^:]+$/, 'once');
  expect((await describeOf(started)).status).toBe('RUNNING');
  await endpoint.world.clock.advance(601_000);
  await expect.poll(async () => (await describeOf(started)).status).toBe('SUCCEEDED');
  await expect
    .poll(async () => {
      await endpoint.world.clock.advance(100);
      return (await describeOf(executionArn)).output;
    })
    .toBe('{"a":1}');
  expect((await typesOf(executionArn)).filter((type) => type === 'TaskScheduled')).toHaveLength(1);
});

test('an execution that ended is there, with its history, and can be redriven', async () => {
  const executionArn = await startOf({ No: { Type: 'Fail', Error: 'No' } });
  await expect.poll(async () => (await describeOf(executionArn)).status).toBe('FAILED');
  await restart();
  expect(await describeOf(executionArn)).toMatchObject({ status: 'FAILED', error: 'No' });
  await clients.sfn.send(new RedriveExecutionCommand({ executionArn }));
  await expect
    .poll(() => typesOf(executionArn))
    .toEqual([...['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed', 'ExecutionRedriven', 'ExecutionFailed']]);
});
