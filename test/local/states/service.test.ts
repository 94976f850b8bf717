import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRecord } from '../../../local/core/json';
import type { TestWorld } from '../support';
import { create, ended, machineOf, outputOf, ROLE, run, start, worldWith } from './support';

let world: TestWorld;
beforeEach(async () => {
  world = await worldWith();
});
afterEach(() => world.close());

const pass = machineOf({ A: { Type: 'Pass', End: true } });
const wait = machineOf({ A: { Type: 'Wait', Seconds: 60, End: true } });

const texts = (list: unknown, member: string): unknown[] =>
  Array.isArray(list) ? list.filter(isRecord).map((entry) => entry[member]) : [];

describe('a state machine', () => {
  test('is described as it was created', async () => {
    const stateMachineArn = await create(world, pass);
    expect(stateMachineArn).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:machine');
    expect(await world.run('states', 'DescribeStateMachine', { stateMachineArn })).toMatchObject({
      ...{ stateMachineArn, name: 'machine', status: 'ACTIVE', type: 'STANDARD', definition: pass, roleArn: ROLE },
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    });
  });

  test('is created twice without harm, but not with another definition', async () => {
    expect(await create(world, pass)).toBe(await create(world, pass));
    await expect(create(world, wait)).rejects.toMatchObject({ code: 'StateMachineAlreadyExists' });
  });

  test('is updated, while its executions go on as they began', async () => {
    const stateMachineArn = await create(world, wait);
    const executionArn = await start(world, stateMachineArn);
    await world.run('states', 'UpdateStateMachine', { stateMachineArn, definition: pass });
    expect((await ended(world, await start(world, stateMachineArn))).status).toBe('SUCCEEDED');
    expect(await world.run('states', 'DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
    expect(await world.run('states', 'DescribeStateMachineForExecution', { executionArn })).toMatchObject({
      definition: wait,
    });
  });

  test('takes its executions along when it is deleted', async () => {
    const stateMachineArn = await create(world, wait);
    const executionArn = await start(world, stateMachineArn);
    await world.run('states', 'DeleteStateMachine', { stateMachineArn });
    expect((await ended(world, executionArn)).status).toBe('ABORTED');
    expect(await world.run('states', 'ListStateMachines')).toMatchObject({ stateMachines: [] });
    await expect(world.run('states', 'DescribeStateMachine', { stateMachineArn })).rejects.toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
  });

  test('has tags', async () => {
    const resourceArn = await create(world, pass);
    await world.run('states', 'TagResource', {
      resourceArn,
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    await world.run('states', 'UntagResource', { resourceArn, tagKeys: ['a'] });
    expect(await world.run('states', 'ListTagsForResource', { resourceArn })).toEqual({
      tags: [{ key: 'b', value: '2' }],
    });
  });

  test.each([
    ['a bad name', { name: 'a b' }, 'InvalidName'],
    ['a bad role', { roleArn: 'role' }, 'InvalidArn'],
    ['a bad definition', { definition: '{}' }, 'InvalidDefinition'],
    ['the type EXPRESS', { type: 'EXPRESS' }, 'NotImplemented'],
    ['a version', { publish: true }, 'NotImplemented'],
    ['a log level of its own', { loggingConfiguration: { level: 'SOME' } }, 'InvalidLoggingConfiguration'],
    ['logs to nowhere', { loggingConfiguration: { level: 'ALL' } }, 'InvalidLoggingConfiguration'],
  ])('is refused with %s', async (_, more, code) => {
    const input = { name: 'machine', definition: pass, roleArn: ROLE, ...more };
    await expect(world.run('states', 'CreateStateMachine', input)).rejects.toMatchObject({ code });
  });
});

describe('an execution', () => {
  test('with the name and input of a running one is that one', async () => {
    const stateMachineArn = await create(world, wait);
    const input = { stateMachineArn, name: 'once', input: '{"a":1}' };
    const first = await world.run('states', 'StartExecution', input);
    expect(await world.run('states', 'StartExecution', input)).toEqual(first);
    await expect(world.run('states', 'StartExecution', { ...input, input: '{}' })).rejects.toMatchObject({
      code: 'ExecutionAlreadyExists',
    });
  });

  test.each([
    ['a name with spaces', { name: 'a b' }, 'InvalidName'],
    ['a name of 81 characters', { name: 'a'.repeat(81) }, 'InvalidName'],
    ['input that is not JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['an unknown state machine', { stateMachineArn: 'arn:aws:states:::x' }, 'StateMachineDoesNotExist'],
  ])('fails to start with %s', async (_, more, code) => {
    const input = { stateMachineArn: await create(world, pass), ...more };
    await expect(world.run('states', 'StartExecution', input)).rejects.toMatchObject({ code });
  });

  test('stays as it ended when it is stopped afterwards', async () => {
    const { executionArn, stopDate } = await run(world, pass);
    expect(await world.run('states', 'StopExecution', { executionArn })).toEqual({ stopDate });
    expect(await ended(world, String(executionArn))).toMatchObject({ status: 'SUCCEEDED', stopDate });
  });

  test('is listed newest first, in pages and by status', async () => {
    const stateMachineArn = await create(world, pass);
    const names = ['a', 'b', 'c'];
    for (const name of names) {
      const { executionArn } = await world.run('states', 'StartExecution', { stateMachineArn, name });
      await ended(world, String(executionArn));
    }
    const first = await world.run('states', 'ListExecutions', { stateMachineArn, maxResults: 2 });
    expect(texts(first.executions, 'name')).toEqual(['c', 'b']);
    const next = { stateMachineArn, maxResults: 2, nextToken: first.nextToken };
    expect(await world.run('states', 'ListExecutions', next)).toMatchObject({ executions: [{ name: 'a' }] });
    const running = { stateMachineArn, statusFilter: 'RUNNING' };
    expect(await world.run('states', 'ListExecutions', running)).toMatchObject({ executions: [] });
  });

  test('has a history whose events follow each other', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
    const states = {
      P: { Type: 'Parallel', Branches: [branch('B'), branch('C')], Next: 'Z' },
      Z: { Type: 'Pass', Assign: { v: 1 }, End: true },
    };
    const { executionArn } = await run(world, machineOf(states));
    const { events } = await world.run('states', 'GetExecutionHistory', { executionArn });
    const chain = texts(events, 'type').map((type, index) => [type, texts(events, 'previousEventId')[index]]);
    expect(chain).toEqual([
      ['ExecutionStarted', 0],
      ['ParallelStateEntered', 0],
      ['ParallelStateStarted', 2],
      ['PassStateEntered', 3],
      ['PassStateEntered', 3],
      ['PassStateExited', 4],
      ['PassStateExited', 5],
      ['ParallelStateSucceeded', 7],
      ['ParallelStateExited', 8],
      ['PassStateEntered', 9],
      ['PassStateExited', 10],
      ['ExecutionSucceeded', 11],
    ]);
    expect(texts(events, 'id')).toEqual(chain.map((_, index) => index + 1));
    expect(texts(events, 'stateExitedEventDetails').at(-2)).toMatchObject({ name: 'Z', assignedVariables: { v: '1' } });
  });

  test('has a history in pages, backwards and without data', async () => {
    const { executionArn } = await run(world, pass);
    const input = { executionArn, reverseOrder: true, maxResults: 3, includeExecutionData: false };
    const first = await world.run('states', 'GetExecutionHistory', input);
    expect(texts(first.events, 'id')).toEqual([4, 3, 2]);
    expect(JSON.stringify(first)).not.toContain('"output"');
    const last = await world.run('states', 'GetExecutionHistory', { ...input, nextToken: first.nextToken });
    expect(texts(last.events, 'id')).toEqual([1]);
    expect(last.nextToken).toBeUndefined();
  });
});

test('executions write their history to the log group of the state machine', async () => {
  const written: unknown[] = [];
  const logs = {
    name: 'logs',
    operations: { PutLogEvents: (input: object) => ({ written: written.push(input) }) },
  };
  await world.close();
  world = await worldWith(logs);
  const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/states/machine:*';
  const { stateMachineArn } = await world.run('states', 'CreateStateMachine', {
    ...{ name: 'machine', definition: machineOf({ A: { Type: 'Fail', Error: 'Mine' } }), roleArn: ROLE },
    loggingConfiguration: { level: 'FATAL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] },
  });
  await ended(world, await start(world, String(stateMachineArn)));
  while (written.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(written).toMatchObject([{ logGroupName: '/states/machine' }]);
  expect(JSON.stringify(written)).toContain('ExecutionFailed');
  expect(JSON.stringify(written)).not.toContain('FailStateEntered');
});

test('a state machine that is closed with the world stops', async () => {
  const executionArn = await start(world, await create(world, wait));
  await world.close();
  expect((await ended(world, executionArn)).status).toBe('ABORTED');
  world = await worldWith();
  expect(outputOf(await run(world, pass, 1))).toBe(1);
});
