import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { machineOf, runOf } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const GUIDE = 'step-functions/latest/dg/redrive-executions.html';
const API = 'step-functions/latest/apireference/API_RedriveExecution.html';
const ALLOW = [{ Effect: 'Allow', Action: ['ssm:GetParameter', 'states:*'], Resource: '*' }];

/** A task that fails until a parameter is there, and what puts it there. */
const mendable = ({ clients: { ssm }, name, cleanup }: Target) => {
  const Name = name('parameter');
  const Get = {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:ssm:getParameter',
    Parameters: { Name },
    ResultSelector: { 'value.$': '$.Parameter.Value' },
    End: true,
  };
  const mend = async (): Promise<void> => {
    await ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }));
    cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
  };
  return { Get, mend };
};

/** Redrives an execution, and waits for its end. */
const redriven = async ({ clients: { sfn }, eventually }: Target, executionArn: string | undefined) => {
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  return eventually(async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(execution.status).not.toBe('RUNNING');
    return execution;
  });
};

const eventsOf = async ({ clients: { sfn } }: Target, executionArn: string | undefined) =>
  (await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }))).events ?? [];

/** Fails once, is mended, and redriven: the execution after that, and how often states were entered in all. */
const mended = async (target: Target, states: (get: object) => object, input: unknown = {}) => {
  const { Get, mend } = mendable(target);
  const States = states(Get);
  const stateMachineArn = await machineOf(target, { StartAt: Object.keys(States)[0], States }, ALLOW);
  const { executionArn, status } = await runOf(target, stateMachineArn, input);
  expect(status).toBe('FAILED');
  await mend();
  const execution = await redriven(target, executionArn);
  const output: unknown = JSON.parse(execution.output ?? 'null');
  const events = await eventsOf(target, executionArn);
  const count = (wanted: string): number => events.filter(({ type }) => type === wanted).length;
  return { execution, output, events, count };
};

const chain = (state: object, name = 'In') => ({ StartAt: name, States: { [name]: state } });

export const redrive = table('Step Functions', 'Redrive', [
  {
    behaviour: 'a redrive goes on at the state that failed, with its input and variables and in the same history',
    source: GUIDE,
    test: async (target) => {
      const { execution, output, events } = await mended(target, (get) => ({
        Before: { Type: 'Pass', Result: { a: 1 }, Assign: { kept: 2 }, Next: 'Get' },
        Get: { ...get, ResultPath: '$.got', Next: 'After', End: undefined },
        After: { Type: 'Pass', Parameters: { 'data.$': '$', 'kept.$': '$kept' }, End: true },
      }));
      expect(output).toEqual({ data: { a: 1, got: { value: 'x' } }, kept: 2 });
      expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
      expect(events.map(({ type }) => type)).toEqual([
        ...['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'TaskStateEntered', 'TaskScheduled'],
        ...['TaskStarted', 'TaskFailed', 'ExecutionFailed', 'ExecutionRedriven', 'TaskScheduled', 'TaskStarted'],
        ...['TaskSucceeded', 'TaskStateExited', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
      ]);
      expect(events[8]?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
    },
  },
  {
    behaviour: 'a redrive runs only those branches of a Parallel state that did not succeed',
    source: API,
    test: async (target) => {
      const { output, count } = await mended(target, (get) => ({
        Both: {
          Type: 'Parallel',
          Branches: [chain({ Type: 'Pass', Result: 1, End: true }, 'One'), chain(get)],
          End: true,
        },
      }));
      expect(output).toEqual([1, { value: 'x' }]);
      expect([count('PassStateEntered'), count('TaskStateEntered'), count('TaskScheduled')]).toEqual([1, 1, 2]);
    },
  },
  {
    behaviour: 'a redrive runs only those iterations of an inline Map that did not succeed',
    source: API,
    test: async (target) => {
      const choose = { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Get' }], Default: 'Pass' };
      const { output, count } = await mended(
        target,
        (Get) => {
          const States = { Choose: choose, Get, Pass: { Type: 'Pass', End: true } };
          return { Each: { Type: 'Map', ItemProcessor: { StartAt: 'Choose', States }, MaxConcurrency: 1, End: true } };
        },
        [1, 2, 3],
      );
      expect(output).toEqual([1, { value: 'x' }, 3]);
      expect([count('PassStateEntered'), count('ChoiceStateEntered'), count('TaskScheduled')]).toEqual([2, 3, 2]);
    },
  },
  {
    behaviour: 'a redrive of the parent redrives its Map Run, with the child executions that did not succeed',
    source: 'step-functions/latest/dg/redrive-map-run.html',
    test: async (target) => {
      const { output, events } = await mended(
        target,
        (Get) => {
          const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
          return { Each: { Type: 'Map', ItemProcessor: { ProcessorConfig, ...chain(Get) }, End: true } };
        },
        [1],
      );
      expect(output).toEqual([{ value: 'x' }]);
      const arn = events.find(({ type }) => type === 'MapRunStarted')?.mapRunStartedEventDetails?.mapRunArn;
      expect(arn).toMatch(/:mapRun:/);
      expect(events.find(({ type }) => type === 'MapRunRedriven')?.mapRunRedrivenEventDetails?.mapRunArn).toBe(arn);
    },
  },
  {
    behaviour: 'an execution that runs or has succeeded cannot be redriven',
    source: API,
    test: async (target) => {
      const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
      const { executionArn } = await runOf(target, await machineOf(target, pass));
      const command = new RedriveExecutionCommand({ executionArn });
      await expect(target.clients.sfn.send(command)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
      const describe = new DescribeExecutionCommand({ executionArn });
      expect(await target.clients.sfn.send(describe)).toMatchObject({
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      });
    },
  },
  {
    behaviour: 'an execution can be redriven for 14 days after its end',
    source: API,
    local: async (target) => {
      const fail = { StartAt: 'A', States: { A: { Type: 'Fail', Error: 'No' } } };
      const { executionArn } = await runOf(target, await machineOf(target, fail));
      const { clock } = target.endpoint.world;
      await clock.advance(13 * 86_400_000);
      expect(await redriven(target, executionArn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
      await clock.advance(15 * 86_400_000);
      await expect(redriven(target, executionArn)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    },
  },
  {
    behaviour: 'a redrive starts the time-out of the state machine anew',
    source: GUIDE,
    local: async (target) => {
      const wait = { StartAt: 'A', TimeoutSeconds: 100, States: { A: { Type: 'Wait', Seconds: 120, End: true } } };
      const { sfn } = target.clients;
      const { clock } = target.endpoint.world;
      const stateMachineArn = await machineOf(target, wait);
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      const statusAfter = async (seconds: number): Promise<unknown> => {
        await clock.advance(seconds * 1000);
        return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
      };
      expect(await statusAfter(101)).toBe('TIMED_OUT');
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
      expect(await statusAfter(90)).toBe('RUNNING');
      expect(await statusAfter(11)).toBe('TIMED_OUT');
    },
  },
]);
