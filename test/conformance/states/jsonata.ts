import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { machineOf, outputOfState, runOf } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const TRANSFORM = 'step-functions/latest/dg/transforming-data.html';
const VARIABLES = 'step-functions/latest/dg/workflow-variables.html';
const INPUT = { a: [1, 2, 3], name: 'x', none: null, nested: { b: true } };

const jsonata = (States: Readonly<Record<string, object>>) => ({
  ...{ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States },
});
const pass = { Type: 'Pass', End: true };

/** What a Pass state makes of an input. */
const outputOf = (target: Target, Output: unknown, input: unknown = INPUT) =>
  outputOfState(target, { Type: 'Pass', QueryLanguage: 'JSONata', Output }, input);

const resultOf = async (target: Target, States: Readonly<Record<string, object>>, input: unknown = {}) => {
  const { output = 'null' } = await runOf(target, await machineOf(target, jsonata(States)), input);
  const value: unknown = JSON.parse(output);
  return value;
};

/** A row that evaluates expressions, all in one state. */
const row = (behaviour: string, cases: readonly (readonly [template: unknown, expected: unknown])[]) => ({
  ...{ behaviour, source: TRANSFORM },
  test: async (target: Target) => {
    const templates = cases.map(([template]) => template);
    expect(await outputOf(target, templates)).toEqual(cases.map(([, expected]) => expected));
  },
});

export const jsonataTable = table('Step Functions', 'JSONata', [
  row('a text from {% to %} is an expression, at any depth, and any other text is itself', [
    ['{% $states.input.name %}', 'x'],
    ['{% $states.input.a[$ > 1] %}', [2, 3]],
    ['{% $states.input.none %}', null],
    ['{% $merge([$states.input.nested, {"c": 1}]) %}', { b: true, c: 1 }],
    ['{%$count($states.input.a)%}', 3],
    ['no expression', 'no expression'],
    [{ deep: [{ value: '{% $states.input.nested.b %}' }, 7] }, { deep: [{ value: true }, 7] }],
  ]),
  row('there are functions for what intrinsic functions do: $partition, $range, $hash, $random, $uuid, $parse', [
    ['{% $partition([1,2,3,4,5,6,7,8,9], 4) %}', [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
    ['{% $range(1, 9, 2) %}', [1, 3, 5, 7, 9]],
    ['{% $range(3, 1, -1) %}', [3, 2, 1]],
    ['{% $hash("a", "SHA-256") %}', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $length($uuid()) %}', 36],
    ['{% $parse("{\\"a\\":[1]}") %}', { a: [1] }],
  ]),
  {
    behaviour: '$states holds input and context of the execution, the machine and the state',
    source: TRANSFORM,
    test: async (target) => {
      const context = ['Execution.Input.name', 'State.Name', 'Execution.RedriveCount'];
      const templates = context.map((path) => `{% $states.context.${path} %}`);
      expect(await outputOf(target, templates)).toEqual(['x', 'Only', 0]);
    },
  },
  {
    behaviour: 'an expression that is not opened, closed or written properly is refused',
    source: TRANSFORM,
    test: async (target) => {
      for (const template of [' {% 1 %}', '{% 1', '{% 1 %} ', '{% 1 + %}']) {
        const definition = jsonata({ A: { ...pass, Output: { v: [template] } } });
        await expect(machineOf(target, definition)).rejects.toMatchObject({ name: 'InvalidDefinition' });
      }
    },
  },
  {
    behaviour: 'an expression that fails, or gives nothing, fails the state, and the history says where',
    source: 'step-functions/latest/dg/concepts-error-handling.html',
    test: async (target) => {
      for (const expression of ['$states.input.absent', '$unknown', '$sum', '"a" + 1', '$eval("1")']) {
        const definition = jsonata({ A: { ...pass, Output: { v: [`{% ${expression} %}`] } } });
        const { executionArn, error } = await runOf(target, await machineOf(target, definition), INPUT);
        expect([expression, error]).toEqual([expression, 'States.QueryEvaluationError']);
        const { events = [] } = await target.clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
        expect(events.find(({ type }) => type === 'EvaluationFailed')).toMatchObject({
          evaluationFailedEventDetails: { state: 'A', location: 'Output/v[0]' },
        });
      }
    },
  },
  {
    behaviour: 'a task hands its Arguments over, and $states.result is its answer',
    source: TRANSFORM,
    test: async (target) => {
      const Only = {
        ...{ Type: 'Parallel', Arguments: { n: '{% $states.input.name & "!" %}' }, End: true },
        Branches: [{ StartAt: 'B', States: { B: { ...pass, Output: '{% $states.input.n %}' } } }],
        ...{ Assign: { kept: '{% $states.result[0] %}' }, Output: { got: '{% $states.result %}' } },
      };
      expect(await resultOf(target, { Only }, INPUT)).toEqual({ got: ['x!'] });
    },
  },
  {
    behaviour: 'Assign and Output see the variables as they were when the state began',
    source: VARIABLES,
    test: async (target) => {
      const States = {
        Before: { Type: 'Pass', Assign: { x: 3, a: 6 }, Next: 'Swap' },
        Swap: { Type: 'Pass', Assign: { x: '{% $a %}', nextX: '{% $x %}' }, Output: '{% $x %}', Next: 'After' },
        After: { ...pass, Output: ['{% $states.input %}', '{% $x %}', '{% $nextX %}'] },
      };
      expect(await resultOf(target, States)).toEqual([3, 6, 3]);
    },
  },
  {
    behaviour: 'branches and iterations read the variables around them; their own end with them',
    source: VARIABLES,
    test: async (target) => {
      const branch = (name: string) => ({
        StartAt: name,
        States: { [name]: { ...pass, Assign: { own: name }, Output: '{% $outer %}' } },
      });
      const States = {
        A: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [branch('B'), branch('C')], Next: 'Z' },
        Z: { ...pass, Output: ['{% $states.input %}', '{% $exists($own) %}'] },
      };
      expect(await resultOf(target, States)).toEqual([['o', 'o'], false]);
    },
  },
  {
    behaviour: 'a variable of a branch or iteration with the name of one around it is refused',
    source: VARIABLES,
    test: async (target) => {
      const inner = { StartAt: 'B', States: { B: { ...pass, Assign: { myVariable: 2 } } } };
      for (const group of [
        { Type: 'Parallel', Branches: [inner] },
        { Type: 'Map', Items: [1], ItemProcessor: inner },
      ]) {
        const States = { A: { Type: 'Pass', Assign: { myVariable: 1 }, Next: 'P' }, P: { ...group, End: true } };
        await expect(machineOf(target, jsonata(States))).rejects.toMatchObject({ name: 'InvalidDefinition' });
      }
    },
  },
  {
    behaviour: 'a Choice goes to the first rule whose Condition is true, with Output and Assign of that rule',
    source: 'step-functions/latest/dg/state-choice.html',
    test: async (target) => {
      const States = {
        A: {
          Type: 'Choice',
          Choices: [
            { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: 'big' },
            { Condition: '{% $states.input.n > 5 %}', Next: 'Middle', Assign: { seen: '{% $states.input.n %}' } },
          ],
          Default: 'Other',
        },
        ...{ Big: pass, Middle: { ...pass, Output: '{% $seen %}' }, Other: pass },
      };
      const arn = await machineOf(target, jsonata(States));
      for (const [n, expected] of [
        [11, '"big"'],
        [6, '6'],
        [5, '{"n":5}'],
      ] as const) {
        expect((await runOf(target, arn, { n })).output).toBe(expected);
      }
      expect((await runOf(target, arn, { n: 'many' })).error).toBe('States.QueryEvaluationError');
    },
  },
  {
    behaviour: 'a Map takes Items, and ItemSelector makes the input of each from the item and its index',
    source: 'step-functions/latest/dg/state-map-inline.html',
    test: async (target) => {
      const Map = {
        ...{ Type: 'Map', Items: '{% $states.input.list %}', MaxConcurrency: 2, End: true },
        ItemSelector: {
          ...{ v: '{% $states.context.Map.Item.Value %}', i: '{% $states.context.Map.Item.Index %}' },
          more: '{% $states.input.more %}',
        },
        ItemProcessor: {
          StartAt: 'I',
          States: { I: { ...pass, Output: '{% $states.input.v & $states.input.i & $states.input.more %}' } },
        },
      };
      expect(await resultOf(target, { Map }, { list: ['a', 'b', 'c'], more: '!' })).toEqual(['a0!', 'b1!', 'c2!']);
    },
  },
  {
    behaviour: 'Catch makes its Output and variables of $states.errorOutput',
    source: 'step-functions/latest/dg/concepts-error-handling.html',
    test: async (target) => {
      const failing = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Mine', Cause: 'c' } } };
      const rule = { ErrorEquals: ['Mine'], Next: 'B', Output: '{% $states.errorOutput %}' };
      const States = {
        A: {
          ...{ Type: 'Parallel', Branches: [failing], End: true },
          Catch: [{ ...rule, Assign: { e: '{% $states.errorOutput.Error %}' } }],
        },
        B: { ...pass, Output: ['{% $states.input %}', '{% $e %}'] },
      };
      expect(await resultOf(target, States)).toEqual([{ Error: 'Mine', Cause: 'c' }, 'Mine']);
    },
  },
]);
