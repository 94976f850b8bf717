import { DescribeExecutionCommand, GetExecutionHistoryCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { machineOf, outputOfState } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const ERRORS = 'step-functions/latest/dg/concepts-error-handling.html';
const pass = { Type: 'Pass', End: true };

const failingWith = (Error: string) => ({ StartAt: 'F', States: { F: { Type: 'Fail', Error, Cause: 'c' } } });
const parallel = (Error: string, more: object) => ({ Type: 'Parallel', Branches: [failingWith(Error)], ...more });

/** A running execution of a state that may fail, and how to look at it. */
const started = async (target: Target, state: object, more: Readonly<Record<string, object>> = {}) => {
  const { sfn } = target.clients;
  const stateMachineArn = await machineOf(target, { StartAt: 'A', States: { A: state, ...more } });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn }));
  return () => sfn.send(new DescribeExecutionCommand({ executionArn }));
};

export const errors = table('Step Functions', 'Errors', [
  {
    behaviour: 'the first rule of Catch that names the error, or all errors, says where it goes on',
    source: ERRORS,
    test: async (target) => {
      const Catch = [
        { ErrorEquals: ['Other', 'Mine'], Next: 'Named' },
        { ErrorEquals: ['States.ALL'], Next: 'All' },
      ];
      const after = { Named: { ...pass, Result: 'named' }, All: { ...pass, Result: 'all' } };
      const caught = (Error: string) => outputOfState(target, parallel(Error, { Catch }), {}, after);
      expect([await caught('Mine'), await caught('Unknown')]).toEqual(['named', 'all']);
    },
  },
  {
    behaviour: 'an error that no rule names ends the execution',
    source: ERRORS,
    test: async (target) => {
      const Catch = [{ ErrorEquals: ['Other'], Next: 'B' }];
      const output = await outputOfState(target, parallel('Mine', { Catch }), {}, { B: pass });
      expect(output).toEqual({ error: 'Mine', cause: 'c' });
    },
  },
  {
    behaviour: 'with a ResultPath of null the state after Catch gets the input as it was',
    source: 'step-functions/latest/dg/input-output-resultpath.html',
    test: async (target) => {
      const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B', ResultPath: null }];
      expect(await outputOfState(target, parallel('Mine', { Catch }), { a: 1 }, { B: pass })).toEqual({ a: 1 });
    },
  },
  {
    behaviour: 'Catch comes after the last Retry, of which State.RetryCount counts',
    source: 'step-functions/latest/dg/input-output-contextobject.html',
    local: async (target) => {
      const state = {
        ...{ Type: 'Parallel', QueryLanguage: 'JSONata', Branches: [failingWith('Mine')], End: true },
        Retry: [{ ErrorEquals: ['Mine'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 }],
        Catch: [{ ErrorEquals: ['Mine'], Next: 'B', Output: '{% $states.context.State.RetryCount %}' }],
      };
      const execution = await started(target, state, { B: pass });
      await target.eventually(async () => {
        await target.endpoint.world.clock.advance(1000);
        expect(await execution()).toMatchObject({ status: 'SUCCEEDED', output: '2' });
      });
    },
  },
  {
    behaviour: 'with JitterStrategy FULL a retry waits some part of its interval',
    source: ERRORS,
    local: async (target) => {
      const Retry = [{ ErrorEquals: ['Mine'], IntervalSeconds: 3600, MaxAttempts: 1, JitterStrategy: 'FULL' }];
      const executions = await Promise.all(
        Array.from({ length: 20 }, () => started(target, { ...parallel('Mine', { Retry }), End: true })),
      );
      const failed = async () =>
        (await Promise.all(executions.map((execution) => execution()))).filter(({ status }) => status === 'FAILED');
      // The waits begin a moment after the answers.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await failed()).toHaveLength(0);
      await target.endpoint.world.clock.advance(1_800_000);
      await target.eventually(async () => {
        expect((await failed()).length).toBeGreaterThan(0);
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect((await failed()).length).toBeLessThan(20);
      await target.endpoint.world.clock.advance(1_800_000);
      await target.eventually(async () => {
        expect(await failed()).toHaveLength(20);
      });
    },
  },
  {
    behaviour: 'a retried Parallel runs all its branches again',
    source: 'https://states-language.net/spec.html#parallel-state',
    local: async (target) => {
      const other = { StartAt: 'C', States: { C: pass } };
      const Retry = [{ ErrorEquals: ['Mine'], IntervalSeconds: 60, MaxAttempts: 1 }];
      const state = { Type: 'Parallel', Branches: [other, failingWith('Mine')], Retry, End: true };
      const execution = await started(target, state);
      const { executionArn } = await target.eventually(async () => {
        await target.endpoint.world.clock.advance(10_000);
        const now = await execution();
        expect(now.status).toBe('FAILED');
        return now;
      });
      const { events = [] } = await target.clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
      expect(events.filter(({ stateEnteredEventDetails: entered }) => entered?.name === 'C')).toHaveLength(2);
    },
  },
  {
    behaviour: 'what Output cannot make of a result is caught as well',
    source: ERRORS,
    test: async (target) => {
      const state = {
        ...{ Type: 'Parallel', QueryLanguage: 'JSONata', Output: '{% $states.result.absent %}' },
        Branches: [{ StartAt: 'C', States: { C: pass } }],
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'B', Output: 'caught' }],
      };
      expect(await outputOfState(target, state, {}, { B: pass })).toBe('caught');
    },
  },
  {
    behaviour: 'States.ALL stands alone and in the last rule, or the definition is refused',
    source: 'https://states-language.net/spec.html#retrying-after-error',
    test: async (target) => {
      const last = { ErrorEquals: ['Mine'], Next: 'B' };
      for (const Catch of [
        [{ ErrorEquals: ['States.ALL'], Next: 'B' }, last],
        [{ ErrorEquals: ['States.ALL', 'Mine'], Next: 'B' }],
      ]) {
        const States = { A: { ...parallel('Mine', { Catch }), End: true }, B: pass };
        await expect(machineOf(target, { StartAt: 'A', States })).rejects.toMatchObject({ name: 'InvalidDefinition' });
      }
    },
  },
]);
