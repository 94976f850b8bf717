import { expect } from 'vitest';
import { outputOfState } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SOURCE = 'step-functions/latest/dg/intrinsic-functions.html';

const INPUT = {
  ...{ name: 'Arnav', list: [1, 2, 3, 4, 5, 6, 7, 8, 9], lookFor: 5, index: 5, dupes: [1, 2, 3, 3, 3, 1, 4] },
  ...{ json1: { a: { a1: 1, a2: 2 }, b: 2 }, json2: { a: { a3: 1, a4: 2 }, c: 3 }, unescaped: { foo: 'bar' } },
  ...{ escaped: '{"foo":"bar"}', csv: '1,2,3,4,5', mixed: 'This.is+a,test=string', value1: 111, step: -1 },
};

const evaluateAll = (target: Target, calls: readonly string[]): Promise<unknown> =>
  outputOfState(
    target,
    { Type: 'Pass', Parameters: Object.fromEntries(calls.map((call, index) => [`${index}.$`, call])) },
    INPUT,
  );

/** Calls with their values. */
const row = (behaviour: string, cases: readonly (readonly [call: string, expected: unknown])[]) => ({
  behaviour,
  source: SOURCE,
  test: async (target: Target) => {
    const output = await evaluateAll(
      target,
      cases.map(([call]) => call),
    );
    expect(output).toEqual(Object.fromEntries(cases.map(([, expected], index) => [String(index), expected])));
  },
});

export const intrinsics = table('Step Functions', 'Intrinsic functions', [
  row('States.Array, ArrayPartition, ArrayContains, ArrayRange, ArrayGetItem, ArrayLength, ArrayUnique', [
    ["States.Array($.name, 2, 'x', null)", ['Arnav', 2, 'x', null]],
    ['States.ArrayPartition($.list,4)', [[1, 2, 3, 4], [5, 6, 7, 8], [9]]],
    ['States.ArrayContains($.list, $.lookFor)', true],
    ['States.ArrayContains($.list, 10)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayGetItem($.list, $.index)', 6],
    ['States.ArrayLength($.list)', 9],
    ['States.ArrayUnique($.dupes)', [1, 2, 3, 4]],
  ]),
  row('States.Base64Encode and Base64Decode', [
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('RGVjb2RlZCBkYXRh')", 'Decoded data'],
  ]),
  row('States.Hash', [["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7']]),
  row('States.JsonMerge, StringToJson, JsonToString', [
    ['States.JsonMerge($.json1, $.json2, false)', { a: { a3: 1, a4: 2 }, b: 2, c: 3 }],
    ['States.StringToJson($.escaped)', { foo: 'bar' }],
    ['States.JsonToString($.unescaped)', '{"foo":"bar"}'],
  ]),
  row('States.MathAdd', [['States.MathAdd($.value1, $.step)', 110]]),
  row('States.StringSplit, at any of several characters', [
    ["States.StringSplit($.csv, ',')", ['1', '2', '3', '4', '5']],
    ["States.StringSplit($.mixed, '.+,=')", ['This', 'is', 'a', 'test', 'string']],
  ]),
  row('States.Format, with escapes', [
    ["States.Format('Hello, my name is {}.', $.name)", 'Hello, my name is Arnav.'],
    ["States.Format('{} and {}', 1, $.unescaped)", '1 and {"foo":"bar"}'],
    ["States.Format('It\\'s \\{\\} {}', 1)", "It's {} 1"],
  ]),
  row('calls within calls', [["States.Format('{}', States.ArrayLength(States.Array(1, States.MathAdd(1, 1))))", '2']]),
  {
    behaviour: 'States.UUID gives a version 4 UUID, States.MathRandom a number in its range',
    source: SOURCE,
    test: async (target) => {
      const output = JSON.stringify(await evaluateAll(target, ['States.UUID()', 'States.MathRandom(1, 3)']));
      expect(output).toMatch(/"0":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}","1":[12]\}/);
    },
  },
  {
    behaviour: 'a call that cannot be done fails with States.IntrinsicFailure',
    source: 'https://states-language.net/#appendix-a',
    test: async (target) => {
      for (const call of [
        'States.ArrayGetItem($.list, 99)',
        "States.StringToJson('{')",
        'States.ArrayRange(1, 9, 0)',
      ]) {
        expect(await evaluateAll(target, [call])).toMatchObject({ error: 'States.IntrinsicFailure' });
      }
    },
  },
  {
    behaviour: 'an unknown function is refused when the machine is made',
    source: SOURCE,
    test: async (target) => {
      await expect(evaluateAll(target, ['States.Nope(1)'])).rejects.toMatchObject({ name: 'InvalidDefinition' });
    },
  },
]);
