import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { Input } from '../../../local/core/service';
import { DEPLOYER } from '../../../local/core/world';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';

let directory: string;
let endpoint: Endpoint;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'restart-'));
  endpoint = await startEndpoint({ directory });
});
afterEach(async () => {
  await endpoint.close();
  await rm(directory, { recursive: true, force: true });
});

const call = async (service: string, operation: string, input: Input): Promise<Reader> =>
  new Reader(await endpoint.world.call({ service, operation, input, principal: DEPLOYER }));
const run = (operation: string, input: Input = {}) =>
  call('cloudformation', operation, { StackName: 'Shop', ...input });

const note = (Value: unknown, more: Input = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value, ...more },
});

const begin = async (Resources: Input, ChangeSetType: 'CREATE' | 'UPDATE', Outputs: Input = {}): Promise<void> => {
  const set = { ChangeSetName: 'change', ChangeSetType, TemplateBody: JSON.stringify({ Resources, Outputs }) };
  await run('CreateChangeSet', set);
  await run('ExecuteChangeSet', { ChangeSetName: 'change' });
};
const stack = async (): Promise<Reader> => (await run('DescribeStacks')).records('Stacks')[0];

/** Ends the endpoint in the middle of what a slow service does, and starts it again. */
const interrupt = async (at: string): Promise<void> => {
  await expect.poll(async () => (await events()).at(-1)).toBe(at);
  await restart();
};
const restart = async (): Promise<void> => {
  await endpoint.close();
  endpoint = await startEndpoint({ directory });
};
const events = async (): Promise<readonly string[]> =>
  (await run('DescribeStackEvents'))
    .records('StackEvents')
    .map((event) => `${event.text('LogicalResourceId')} ${event.text('ResourceStatus')}`)
    .reverse();
const hang = (operation: string): void => {
  endpoint.world.faults.set([{ kind: 'latency', at: operation, milliseconds: 600_000 }]);
};

test('a stack goes on with its resources, outputs, exports, change sets and events', async () => {
  const Outputs = { Out: { Value: { Ref: 'A' }, Export: { Name: 'a' } } };
  await begin({ A: note('1', { Name: 'a' }) }, 'CREATE', Outputs);
  await stack();
  const proposal = {
    ChangeSetName: 'next',
    TemplateBody: JSON.stringify({ Resources: { A: note('2', { Name: 'a' }) } }),
  };
  await run('CreateChangeSet', proposal);
  const seen = async () => [
    (await stack()).values,
    (await run('DescribeStackResources')).values,
    (await run('DescribeStackEvents')).values,
    (await run('ListExports')).values,
    (await run('GetTemplate')).values,
    (await run('DescribeChangeSet', { ChangeSetName: 'next' })).values,
  ];
  // What is undefined is not in a journal, and not in an answer on the wire.
  const before: unknown = JSON.parse(JSON.stringify(await seen()));
  await restart();
  expect(JSON.parse(JSON.stringify(await seen()))).toEqual(before);
  await run('ExecuteChangeSet', { ChangeSetName: 'next' });
  expect((await stack()).text('StackStatus')).toBe('UPDATE_COMPLETE');
  expect((await call('ssm', 'GetParameter', { Name: 'a' })).record('Parameter').text('Value')).toBe('2');
});

test('a creation that is interrupted is rolled back, and says why', async () => {
  hang('sqs:CreateQueue');
  await begin({ A: note('1', { Name: 'a' }), Q: { Type: 'AWS::SQS::Queue', DependsOn: 'A' } }, 'CREATE');
  await interrupt('Q CREATE_IN_PROGRESS');
  const answer = await stack();
  expect(answer.text('StackStatus')).toBe('ROLLBACK_COMPLETE');
  expect(answer.text('StackStatusReason')).toContain('was stopped while the stack was in CREATE_IN_PROGRESS');
  await expect(call('ssm', 'GetParameter', { Name: 'a' })).rejects.toThrow('does not exist');
});

test('an update that is interrupted gives the stack its former self', async () => {
  await begin({ A: note('1', { Name: 'a' }), B: note('b', { Name: 'b1' }) }, 'CREATE');
  await stack();
  hang('sqs:CreateQueue');
  const Q = { Type: 'AWS::SQS::Queue', DependsOn: ['A', 'B'] };
  await begin({ A: note('2', { Name: 'a' }), B: note('b', { Name: 'b2' }), Q }, 'UPDATE');
  await interrupt('Q CREATE_IN_PROGRESS');
  expect((await stack()).text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await call('ssm', 'GetParameter', { Name: 'a' })).record('Parameter').text('Value')).toBe('1');
  await call('ssm', 'GetParameter', { Name: 'b1' });
  await expect(call('ssm', 'GetParameter', { Name: 'b2' })).rejects.toThrow('does not exist');
});

test('a deletion that is interrupted goes on', async () => {
  await begin({ A: note('1', { Name: 'a' }), B: note({ Ref: 'A' }) }, 'CREATE');
  const StackName = (await stack()).text('StackId');
  hang('ssm:DeleteParameter');
  await run('DeleteStack');
  await interrupt('B DELETE_IN_PROGRESS');
  const { Stacks } = (await run('DescribeStacks', { StackName })).values;
  expect(Stacks).toMatchObject([{ StackStatus: 'DELETE_COMPLETE' }]);
  await expect(call('ssm', 'GetParameter', { Name: 'a' })).rejects.toThrow('does not exist');
});

test('a rollback that fails can be continued, when its reason is gone or without what stands in its way', async () => {
  await begin({ A: note('1', { Name: 'a' }) }, 'CREATE');
  await stack();
  const Q = { Type: 'AWS::SQS::Queue', DependsOn: 'A', Properties: { DelaySeconds: 5000 } };
  const failing = async (): Promise<void> => {
    await begin({ A: note('2', { Name: 'a' }), Q }, 'UPDATE');
    await stack();
  };
  const broken = async (): Promise<void> => {
    // The change goes through, the way back does not.
    endpoint.world.faults.set([{ kind: 'latency', at: 'sqs:CreateQueue', milliseconds: 100 }]);
    const update = failing();
    await expect.poll(async () => (await events()).at(-1)).toBe('Q CREATE_IN_PROGRESS');
    endpoint.world.faults.set([{ kind: 'error', at: 'ssm:PutParameter' }]);
    // It tries again before it gives up.
    await endpoint.world.clock.advance(60_000);
    await update;
    endpoint.world.faults.set([]);
  };
  await broken();
  const stuck = await stack();
  expect(stuck.text('StackStatus')).toBe('UPDATE_ROLLBACK_FAILED');
  expect(stuck.text('StackStatusReason')).toContain('failed to update: [A]');
  await expect(begin({ A: note('3', { Name: 'a' }) }, 'UPDATE')).rejects.toThrow('can not be updated');
  await run('ContinueUpdateRollback');
  expect((await stack()).text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await call('ssm', 'GetParameter', { Name: 'a' })).record('Parameter').text('Value')).toBe('1');

  await broken();
  await run('ContinueUpdateRollback', { ResourcesToSkip: ['A'] });
  expect((await stack()).text('StackStatus')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await call('ssm', 'GetParameter', { Name: 'a' })).record('Parameter').text('Value')).toBe('2');
});
