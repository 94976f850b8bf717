import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { machineOf, outputOfState, runOf } from '../kit/machines';
import { table } from '../kit/table';
import type { OwnTarget } from '../kit/target';

const SPEC = 'https://states-language.net/spec.html';
const INVALID: unknown = expect.stringMatching(/^States\.(Runtime|QueryEvaluationError)$/);
const pass = { Type: 'Pass', End: true };

/** How long a machine runs: whether it does after the seconds of each step of the clock. */
const runsAfter = async (target: OwnTarget, States: Readonly<Record<string, object>>, input: unknown, more = {}) => {
  const { sfn } = target.clients;
  const stateMachineArn = await machineOf(target, { StartAt: Object.keys(States)[0], States, ...more });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  const status = async () => (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
  return async (seconds: number, expected: string): Promise<void> => {
    // The state has been entered by now.
    await target.eventually(status);
    await target.endpoint.world.clock.advance(seconds * 1000);
    await target.eventually(async () => {
      expect(await status()).toBe(expected);
    });
  };
};

export const stateTypes = table('Step Functions', 'States', [
  {
    behaviour: 'Pass puts its Result where ResultPath says',
    source: `${SPEC}#pass-state`,
    test: async (target) => {
      const Result = { 'x-datum': 0.381018, 'y-datum': 622.2269926397355 };
      const state = { Type: 'Pass', Result, ResultPath: '$.coords' };
      expect(await outputOfState(target, state, { georefOf: 'Home' })).toEqual({ georefOf: 'Home', coords: Result });
    },
  },
  {
    behaviour: 'Wait waits for seconds or until a time, each given or at a path of the input',
    source: `${SPEC}#wait-state`,
    local: async (target) => {
      const at = (seconds: number) => new Date(target.endpoint.world.clock.now() + seconds * 1000).toISOString();
      for (const form of [
        { Seconds: 60 },
        { SecondsPath: '$.seconds' },
        { Timestamp: at(60) },
        { TimestampPath: '$.expirydate' },
      ]) {
        const input = { seconds: 60, expirydate: at(60) };
        const wait = 'Timestamp' in form ? { Timestamp: at(60) } : form;
        const after = await runsAfter(target, { Wait: { Type: 'Wait', End: true, ...wait } }, input);
        await after(50, 'RUNNING');
        await after(15, 'SUCCEEDED');
      }
    },
  },
  {
    behaviour: 'Wait fails for what is no time and no number of seconds',
    source: `${SPEC}#wait-state`,
    test: async (target) => {
      for (const [form, input] of [
        [{ SecondsPath: '$.seconds' }, { seconds: 'soon' }],
        [{ TimestampPath: '$.at' }, { at: 'tomorrow' }],
        [{ QueryLanguage: 'JSONata', Seconds: '{% -1 %}' }, {}],
      ] as const) {
        expect(await outputOfState(target, { Type: 'Wait', ...form }, input)).toMatchObject({
          error: INVALID,
        });
      }
    },
  },
  {
    behaviour: 'Succeed ends the execution, with a part of its input',
    source: `${SPEC}#succeed-state`,
    test: async (target) => {
      expect(await outputOfState(target, { Type: 'Succeed', OutputPath: '$.a' }, { a: 3 })).toBe(3);
    },
  },
  {
    behaviour: 'Fail ends the execution with its error and cause',
    source: `${SPEC}#fail-state`,
    test: async (target) => {
      const state = { Type: 'Fail', Error: 'ErrorA', Cause: 'Kaiju attack' };
      expect(await outputOfState(target, state)).toEqual({ error: 'ErrorA', cause: 'Kaiju attack' });
    },
  },
  {
    behaviour: 'Parallel gives each branch its input, and the results in the order of the branches',
    source: `${SPEC}#parallel-state`,
    test: async (target) => {
      const branch = (name: string, expression: string) => ({
        StartAt: name,
        States: { [name]: { ...pass, Parameters: { 'x.$': expression }, OutputPath: '$.x' } },
      });
      const Branches = [branch('Add', 'States.MathAdd($[0], $[1])'), branch('Second', '$[1]')];
      expect(await outputOfState(target, { Type: 'Parallel', Branches }, [3, 2])).toEqual([5, 2]);
    },
  },
  {
    behaviour: 'ResultSelector makes the result, before ResultPath puts it into the input',
    source: 'step-functions/latest/dg/input-output-inputpath-params.html#input-output-resultselector',
    test: async (target) => {
      const Branches = ['a', 'b'].map((name) => ({ StartAt: name, States: { [name]: { ...pass, Result: name } } }));
      const ResultSelector = { 'first.$': '$[0]', both: { 'list.$': '$[*]' } };
      const state = { Type: 'Parallel', Branches, ResultSelector, ResultPath: '$.out' };
      expect(await outputOfState(target, state, { kept: 1 })).toEqual({
        kept: 1,
        out: { first: 'a', both: { list: ['a', 'b'] } },
      });
    },
  },
  {
    behaviour: 'Parallel fails with the first branch that fails, and stops the others; its Catch catches that',
    source: `${SPEC}#parallel-state`,
    test: async (target) => {
      const failing = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Mine', Cause: 'c' } } };
      const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } };
      const state = { Type: 'Parallel', Branches: [waiting, failing] };
      expect(await outputOfState(target, state)).toEqual({ error: 'Mine', cause: 'c' });
      const rule = { ErrorEquals: ['States.ALL'], Next: 'Caught', ResultPath: '$.why' };
      const caught = await outputOfState(target, { ...state, Catch: [rule] }, { a: 1 }, { Caught: pass });
      expect(caught).toEqual({ a: 1, why: { Error: 'Mine', Cause: 'c' } });
    },
  },
  {
    behaviour: 'Map runs one item at a time when MaxConcurrency, or the path of it, says so',
    source: `${SPEC}#map-state`,
    local: async (target) => {
      const ItemProcessor = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };
      for (const form of [{ MaxConcurrency: 1 }, { MaxConcurrencyPath: '$.at.once' }]) {
        const state = { Type: 'Map', ItemsPath: '$.items', ItemProcessor, End: true, ...form };
        const after = await runsAfter(target, { Map: state }, { items: [1, 2], at: { once: 1 } });
        await after(65, 'RUNNING');
        await after(65, 'SUCCEEDED');
      }
    },
  },
  {
    behaviour: 'Map of no items gives an empty list, and what is no list fails it',
    source: `${SPEC}#map-state`,
    test: async (target) => {
      const ItemProcessor = { StartAt: 'I', States: { I: pass } };
      expect(await outputOfState(target, { Type: 'Map', ItemProcessor }, [])).toEqual([]);
      expect(await outputOfState(target, { Type: 'Map', ItemProcessor }, {})).toMatchObject({
        error: 'States.Runtime',
      });
    },
  },
  {
    behaviour: 'Map understands Iterator and Parameters, as it called ItemProcessor and ItemSelector before',
    source: 'step-functions/latest/dg/state-map-inline.html',
    test: async (target) => {
      const state = {
        ...{ Type: 'Map', ItemsPath: '$.parts', Parameters: { 'part.$': '$$.Map.Item.Value', 'to.$': '$.to' } },
        Iterator: { StartAt: 'I', States: { I: pass } },
      };
      expect(await outputOfState(target, state, { to: 'x', parts: ['a', 'b'] })).toEqual([
        { part: 'a', to: 'x' },
        { part: 'b', to: 'x' },
      ]);
    },
  },
  {
    behaviour: 'an execution that takes longer than TimeoutSeconds of its machine is TIMED_OUT',
    source: `${SPEC}#toplevelfields`,
    local: async (target) => {
      const Wait = { Type: 'Wait', Seconds: 600, End: true };
      const after = await runsAfter(target, { Wait }, {}, { TimeoutSeconds: 60 });
      await after(50, 'RUNNING');
      await after(15, 'TIMED_OUT');
    },
  },
  {
    behaviour: 'no rule for all errors catches too much data, and States.Runtime is never caught',
    source: 'step-functions/latest/dg/concepts-error-handling.html',
    test: async (target) => {
      const inner = (state: object) => ({ StartAt: 'B', States: { B: { ...pass, ...state } } });
      const large = inner({ Parameters: { 'a.$': '$', 'b.$': '$' } });
      const broken = inner({ InputPath: '$.nope' });
      for (const [branch, errors, error] of [
        [large, ['States.ALL'], 'States.DataLimitExceeded'],
        [broken, ['States.ALL'], 'States.Runtime'],
        [broken, ['States.Runtime'], 'States.Runtime'],
      ] as const) {
        const Catch = [{ ErrorEquals: errors, Next: 'C' }];
        const state = { Type: 'Parallel', Branches: [branch], End: true, Catch };
        const arn = await machineOf(target, { StartAt: 'A', States: { A: state, C: pass } });
        expect(await runOf(target, arn, 'x'.repeat(200_000))).toMatchObject({ error });
      }
    },
  },
]);
