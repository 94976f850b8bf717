import { expect } from 'vitest';
import { machineOf, outputOfState, runOf } from '../kit/machines';
import { table } from '../kit/table';

const SPEC = 'https://states-language.net/#data';
const STORE = {
  store: {
    book: [
      { category: 'reference', author: 'Nigel Rees', title: 'Sayings of the Century', price: 8.95 },
      { category: 'fiction', author: 'Evelyn Waugh', title: 'Sword of Honour', price: 12.99 },
      { category: 'fiction', author: 'Herman Melville', title: 'Moby Dick', isbn: '0-553-21311-3', price: 8.99 },
    ],
    bicycle: { color: 'red', price: 19.95 },
  },
};

export const jsonPath = table('Step Functions', 'JSONPath', [
  {
    behaviour: 'InputPath selects what a state works with',
    source: SPEC,
    test: async (target) => {
      expect(await outputOfState(target, { Type: 'Pass', InputPath: '$.a.b' }, { a: { b: [1] } })).toEqual([1]);
      expect(await outputOfState(target, { Type: 'Pass', InputPath: null }, { a: 1 })).toEqual({});
    },
  },
  {
    behaviour: 'OutputPath selects what the next state gets',
    source: SPEC,
    test: async (target) => {
      expect(await outputOfState(target, { Type: 'Pass', OutputPath: '$.a' }, { a: 1 })).toBe(1);
      expect(await outputOfState(target, { Type: 'Pass', OutputPath: null }, { a: 1 })).toEqual({});
    },
  },
  {
    behaviour: 'a path that selects nothing fails the execution with States.Runtime',
    source: 'step-functions/latest/dg/concepts-error-handling.html',
    test: async (target) => {
      expect(await outputOfState(target, { Type: 'Pass', InputPath: '$.nope' }, {})).toMatchObject({
        error: 'States.Runtime',
      });
      expect(await outputOfState(target, { Type: 'Pass', OutputPath: '$.nope' }, {})).toMatchObject({
        error: 'States.Runtime',
      });
    },
  },
  {
    behaviour: 'ResultPath puts the result at a place in the raw input, which is made when it is not there',
    source: 'step-functions/latest/dg/input-output-resultpath.html',
    test: async (target) => {
      const put = (ResultPath: unknown) =>
        outputOfState(target, { Type: 'Pass', Result: 5, ResultPath }, { kept: { a: 1 }, list: [1, 2] });
      expect(await put('$')).toBe(5);
      expect(await put('$.sum')).toEqual({ kept: { a: 1 }, list: [1, 2], sum: 5 });
      expect(await put('$.kept.b.c')).toEqual({ kept: { a: 1, b: { c: 5 } }, list: [1, 2] });
      expect(await put('$.list[1]')).toEqual({ kept: { a: 1 }, list: [1, 5] });
      expect(await put(null)).toEqual({ kept: { a: 1 }, list: [1, 2] });
    },
  },
  {
    behaviour: 'a ResultPath that the input has no room for fails with States.ResultPathMatchFailure',
    source: 'https://states-language.net/#appendix-a',
    test: async (target) => {
      const state = { Type: 'Pass', Result: 5, ResultPath: '$.text.x' };
      expect(await outputOfState(target, state, { text: 'a' })).toMatchObject({
        error: 'States.ResultPathMatchFailure',
      });
    },
  },
  {
    behaviour: 'Parameters replaces fields that end in .$ by what their path selects, and keeps the others',
    source: 'https://states-language.net/#payload-template',
    test: async (target) => {
      const Parameters = {
        flagged: true,
        'parts.$': '$.vals[0:2]',
        deep: { 'name.$': '$.who', plain: '$.who' },
        list: [{ 'n.$': '$.vals[2]' }],
      };
      expect(await outputOfState(target, { Type: 'Pass', Parameters }, { vals: [0, 10, 20], who: 'me' })).toEqual({
        flagged: true,
        parts: [0, 10],
        deep: { name: 'me', plain: '$.who' },
        list: [{ n: 20 }],
      });
    },
  },
  {
    behaviour: 'a path in Parameters that selects nothing fails with States.ParameterPathFailure',
    source: 'https://states-language.net/#appendix-a',
    test: async (target) => {
      const state = { Type: 'Pass', Parameters: { 'a.$': '$.nope' } };
      expect(await outputOfState(target, state)).toMatchObject({ error: 'States.ParameterPathFailure' });
    },
  },
  {
    behaviour: 'wildcards, slices, filters and deep scans select lists, other paths one value',
    source: 'step-functions/latest/dg/amazon-states-language-paths.html',
    test: async (target) => {
      const cases: [string, unknown][] = [
        ['$.store.bicycle.color', 'red'],
        ["$['store']['bicycle']['price']", 19.95],
        ['$.store.book[0].title', 'Sayings of the Century'],
        ['$.store.book[*].author', ['Nigel Rees', 'Evelyn Waugh', 'Herman Melville']],
        ['$.store.book[1:3].price', [12.99, 8.99]],
        ['$.store.book[?(@.price < 9)].title', ['Sayings of the Century', 'Moby Dick']],
        ["$.store.book[?(@.category == 'fiction' && @.price > 10)].author", ['Evelyn Waugh']],
        ['$.store.book[?(@.isbn)].title', ['Moby Dick']],
        ['$..color', ['red']],
        ['$.store.book[0,1].price', [8.95, 12.99]],
        ['$.store.book[?(@.price > 99)]', []],
      ];
      const Parameters = Object.fromEntries(cases.map(([path], index) => [`${index}.$`, path]));
      const output = await outputOfState(target, { Type: 'Pass', Parameters }, STORE);
      expect(output).toEqual(Object.fromEntries(cases.map(([, value], index) => [String(index), value])));
    },
  },
  {
    behaviour: '$$ selects from the context object',
    source: 'step-functions/latest/dg/input-output-contextobject.html',
    test: async (target) => {
      const Parameters = {
        'state.$': '$$.State.Name',
        'input.$': '$$.Execution.Input.a',
        'arn.$': '$$.StateMachine.Id',
      };
      const output = await outputOfState(target, { Type: 'Pass', Parameters }, { a: 7 });
      expect(output).toMatchObject({ state: 'Only', input: 7 });
      expect(JSON.stringify(output)).toContain(':stateMachine:');
    },
  },
  {
    behaviour: 'Assign keeps variables for later states, which read them by $name',
    source: 'step-functions/latest/dg/workflow-variables.html',
    test: async (target) => {
      const States = {
        Keep: { Type: 'Pass', Assign: { 'product.$': '$.name', count: 42 }, Next: 'Lose' },
        Lose: { Type: 'Pass', Result: {}, Next: 'Use' },
        Use: { Type: 'Pass', Parameters: { 'who.$': '$product', 'n.$': '$count' }, End: true },
      };
      const { output } = await runOf(target, await machineOf(target, { StartAt: 'Keep', States }), {
        name: 'product1',
      });
      expect(JSON.parse(output ?? '')).toEqual({ who: 'product1', n: 42 });
    },
  },
  {
    behaviour: 'Map runs its processor for each item of ItemsPath, with ItemSelector and the index of the item',
    source: 'step-functions/latest/dg/state-map-inline.html',
    test: async (target) => {
      const state = {
        Type: 'Map',
        ItemsPath: '$.shipped',
        ItemSelector: { 'parcel.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'courier.$': '$.courier' },
        ItemProcessor: { StartAt: 'Send', States: { Send: { Type: 'Pass', End: true } } },
        ResultPath: '$.sent',
      };
      const input = { courier: 'UQS', shipped: ['x', 'y'] };
      expect(await outputOfState(target, state, input)).toEqual({
        ...input,
        sent: [
          { parcel: 'x', index: 0, courier: 'UQS' },
          { parcel: 'y', index: 1, courier: 'UQS' },
        ],
      });
    },
  },
  {
    behaviour: 'Catch puts the error where its ResultPath says',
    source: 'step-functions/latest/dg/concepts-error-handling.html',
    test: async (target) => {
      const States = {
        Try: {
          ...{
            Type: 'Parallel',
            Next: 'Done',
            Branches: [{ StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Mine', Cause: 'why' } } }],
          },
          Catch: [{ ErrorEquals: ['Mine'], ResultPath: '$.error', Next: 'Done' }],
        },
        Done: { Type: 'Succeed' },
      };
      const { output } = await runOf(target, await machineOf(target, { StartAt: 'Try', States }), { kept: 1 });
      expect(JSON.parse(output ?? '')).toEqual({ kept: 1, error: { Error: 'Mine', Cause: 'why' } });
    },
  },
  {
    behaviour: 'Fail takes error and cause from paths',
    source: 'step-functions/latest/dg/state-fail.html',
    test: async (target) => {
      const state = { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('because of {}', $.c)" };
      expect(await outputOfState(target, state, { e: 'Mine', c: 'that' })).toEqual({
        error: 'Mine',
        cause: 'because of that',
      });
    },
  },
  {
    behaviour: 'one state of a JSONPath machine can be in JSONata, and none of a JSONata machine in JSONPath',
    source: 'step-functions/latest/dg/transforming-data.html',
    test: async (target) => {
      const state = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a + 1 %}' };
      expect(await outputOfState(target, state, { a: 1 })).toBe(2);
      const mixed = {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } },
      };
      await expect(machineOf(target, mixed)).rejects.toMatchObject({ name: 'InvalidDefinition' });
    },
  },
  {
    behaviour: 'a field of the other query language is refused when the machine is made',
    source: 'step-functions/latest/dg/transforming-data.html',
    test: async (target) => {
      const only = (state: object) =>
        machineOf(target, { StartAt: 'A', States: { A: { Type: 'Pass', End: true, ...state } } });
      await expect(only({ Output: 1 })).rejects.toMatchObject({ name: 'InvalidDefinition' });
      await expect(only({ QueryLanguage: 'JSONata', ResultPath: '$.a' })).rejects.toMatchObject({
        name: 'InvalidDefinition',
      });
    },
  },
]);
