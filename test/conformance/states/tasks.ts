import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { machineOf, runOf } from '../kit/machines';
import { queueFor } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const TOKENS = 'step-functions/latest/dg/connect-to-resource.html#connect-wait-token';
const ERRORS = 'step-functions/latest/dg/concepts-error-handling.html';
const SEND = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

/** A machine whose only task sends its token to a queue, its running execution, and the token. */
const waiting = async (target: Target, more: Readonly<Record<string, unknown>> = {}, input: unknown = {}) => {
  const { sfn } = target.clients;
  const { arn, url: QueueUrl, next } = await queueFor(target);
  const Parameters = { QueueUrl, 'MessageBody.$': '$$.Task.Token' };
  const States = { Ask: { Type: 'Task', Resource: SEND, Parameters, End: true, ...more } };
  const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arn };
  const stateMachineArn = await machineOf(target, { StartAt: 'Ask', States }, [allow]);
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  const { Body: taskToken } = await next();
  const end = () =>
    target.eventually(async () => {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      expect(execution.status).not.toBe('RUNNING');
      return execution;
    });
  return { sfn, taskToken, end, executionArn };
};

/** A machine that calls a function that is not there, which fails at once. */
const failing = (more: Readonly<Record<string, unknown>>) => ({
  StartAt: 'Call',
  States: {
    Call: {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'nope' }, End: true },
      ...more,
    },
  },
});

const INVOKE = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' };

export const tasks = table('Step Functions', 'Tasks', [
  {
    behaviour: 'a task that waits for its token ends with the output that is sent',
    source: TOKENS,
    test: async (target) => {
      const { sfn, taskToken, end } = await waiting(target);
      await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"a":1}' }));
      expect(await end()).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
      await expect(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toMatchObject({
        name: 'TaskTimedOut',
      });
    },
  },
  {
    behaviour: 'a task that waits for its token fails with the error that is sent',
    source: TOKENS,
    test: async (target) => {
      const { sfn, taskToken, end } = await waiting(target);
      await sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Mine', cause: 'why' }));
      expect(await end()).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'why' });
    },
  },
  {
    behaviour: 'a task that waits for its token fails when no heartbeat comes in time, and lives with each one',
    source: TOKENS,
    local: async (target) => {
      const { sfn, taskToken, end } = await waiting(target, { HeartbeatSeconds: 600 });
      const { clock } = target.endpoint.world;
      await clock.advance(500_000);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
      await clock.advance(500_000);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
      await clock.advance(601_000);
      expect(await end()).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
    },
  },
  {
    behaviour: 'a task ends with States.Timeout after TimeoutSeconds',
    source: ERRORS,
    local: async (target) => {
      const { end } = await waiting(target, { TimeoutSeconds: 3600 });
      await target.endpoint.world.clock.advance(3_600_000);
      expect(await end()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    },
  },
  {
    behaviour: 'TimeoutSecondsPath and HeartbeatSecondsPath take these limits from the input',
    source: 'https://states-language.net/spec.html#task-state',
    local: async (target) => {
      const fields = { TimeoutSecondsPath: '$.limits.time', HeartbeatSecondsPath: '$.limits.heart' };
      const silent = await waiting(target, fields, { limits: { time: 3600, heart: 600 } });
      await target.endpoint.world.clock.advance(601_000);
      expect(await silent.end()).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
      const { sfn, taskToken, end } = await waiting(target, fields, { limits: { time: 60, heart: 50 } });
      await target.endpoint.world.clock.advance(40_000);
      await sfn.send(new SendTaskHeartbeatCommand({ taskToken }));
      await target.endpoint.world.clock.advance(21_000);
      expect(await end()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    },
  },
  {
    behaviour: 'a stopped execution is ABORTED with the error and cause that are given',
    source: 'step-functions/latest/apireference/API_StopExecution.html',
    test: async (target) => {
      const { sfn, end, executionArn } = await waiting(target);
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'why' }));
      expect(await end()).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'why' });
    },
  },
  {
    behaviour: 'Retry waits IntervalSeconds, and BackoffRate times as long each time, up to MaxDelaySeconds',
    source: ERRORS,
    local: async (target) => {
      const Retry = [
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 4, BackoffRate: 3, MaxDelaySeconds: 500 },
      ];
      const stateMachineArn = await machineOf(target, failing({ Retry }), [INVOKE]);
      const { sfn } = target.clients;
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      const failures = async () => {
        const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
        return events.filter(({ type }) => type === 'TaskFailed').length;
      };
      const untilFailures = (count: number) =>
        target.eventually(async () => {
          expect(await failures()).toBe(count);
        });
      await untilFailures(1);
      for (const [index, seconds] of [100, 300, 500, 500].entries()) {
        await target.endpoint.world.clock.advance((seconds - 10) * 1000);
        expect(await failures()).toBe(index + 1);
        await target.endpoint.world.clock.advance(11_000);
        await untilFailures(index + 2);
      }
    },
  },
  {
    behaviour: 'the first retrier that matches an error counts for itself',
    source: ERRORS,
    test: async (target) => {
      const Retry = [
        { ErrorEquals: ['Other'], MaxAttempts: 9 },
        { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 0 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
      ];
      const stateMachineArn = await machineOf(target, failing({ Retry }), [INVOKE]);
      expect(await runOf(target, stateMachineArn)).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
    },
  },
  {
    behaviour: 'startExecution.sync:2 waits for an execution and gives its output as JSON, .sync as text',
    source: 'step-functions/latest/dg/connect-stepfunctions.html',
    test: async (target) => {
      const inner = await machineOf(target, {
        StartAt: 'A',
        States: { A: { Type: 'Pass', Result: { a: 1 }, End: true } },
      });
      const output = async (suffix: string) => {
        const Resource = `arn:aws:states:::states:startExecution${suffix}`;
        const Task = {
          Type: 'Task',
          Resource,
          Parameters: { StateMachineArn: inner, Input: { b: 2 } },
          OutputPath: '$.Output',
          End: true,
        };
        const actions = ['states:StartExecution', 'states:DescribeExecution', 'states:StopExecution'];
        const events = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];
        const allow = { Effect: 'Allow', Action: [...actions, ...events], Resource: '*' };
        const outer = await machineOf(target, { StartAt: 'Task', States: { Task } }, [allow]);
        return (await runOf(target, outer)).output;
      };
      expect(await output('.sync:2')).toBe('{"a":1}');
      expect(await output('.sync')).toBe('"{\\"a\\":1}"');
    },
  },
  {
    behaviour: 'a task that its role may not do fails with AccessDeniedException of the service',
    source: ERRORS,
    test: async (target) => {
      const execution = await runOf(target, await machineOf(target, failing({})));
      expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.AccessDeniedException' });
      expect(execution.cause).toContain('is not authorized to perform: lambda:InvokeFunction');
    },
  },
]);
