import { expect } from 'vitest';
import { outputOfState } from '../kit/machines';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SOURCE = 'step-functions/latest/dg/state-choice.html';
const INPUT = {
  ...{
    text: 'foo23.log',
    number: 5,
    yes: true,
    nothing: null,
    at: '2026-01-01T12:00:00Z',
    later: '2026-06-01T00:00:00+02:00',
  },
  ...{ other: 'foo23.log', six: 6, no: false },
};

/** Which rules hold, each in a Choice of its own. */
const verdicts = async (target: Target, rules: readonly object[]): Promise<readonly unknown[]> => {
  const Branches = rules.map((rule, index) => ({
    StartAt: `C${index}`,
    States: {
      [`C${index}`]: { Type: 'Choice', Choices: [{ ...rule, Next: `Y${index}` }], Default: `N${index}` },
      [`Y${index}`]: { Type: 'Pass', Result: true, End: true },
      [`N${index}`]: { Type: 'Pass', Result: false, End: true },
    },
  }));
  const output = await outputOfState(target, { Type: 'Parallel', Branches }, INPUT);
  const list: readonly unknown[] = Array.isArray(output) ? output : [output];
  return list;
};

const on = (name: string, comparison: object) => ({ Variable: `$.${name}`, ...comparison });

/** Rules with what they are. */
const row = (behaviour: string, cases: readonly (readonly [rule: object, expected: boolean])[]) => ({
  behaviour,
  source: SOURCE,
  test: async (target: Target) => {
    expect(
      await verdicts(
        target,
        cases.map(([rule]) => rule),
      ),
    ).toEqual(cases.map(([, expected]) => expected));
  },
});

export const choices = table('Step Functions', 'Choice rules of JSONPath', [
  row('compares strings', [
    [on('text', { StringEquals: 'foo23.log' }), true],
    [on('text', { StringEquals: 'Foo23.log' }), false],
    [on('text', { StringLessThan: 'g' }), true],
    [on('text', { StringGreaterThanEquals: 'foo' }), true],
    [on('number', { StringEquals: '5' }), false],
  ]),
  row('matches strings with wildcards, and with stars that are escaped', [
    [on('text', { StringMatches: 'foo*.log' }), true],
    [on('text', { StringMatches: '*.LOG' }), false],
    [on('text', { StringMatches: 'foo\\*.log' }), false],
    [on('text', { StringMatches: '*' }), true],
  ]),
  row('compares numbers', [
    [on('number', { NumericEquals: 5 }), true],
    [on('number', { NumericLessThan: 5 }), false],
    [on('number', { NumericLessThanEquals: 5 }), true],
    [on('number', { NumericGreaterThan: 4.9 }), true],
    [on('text', { NumericEquals: 5 }), false],
  ]),
  row('compares booleans', [
    [on('yes', { BooleanEquals: true }), true],
    [on('yes', { BooleanEquals: false }), false],
  ]),
  row('compares timestamps, in whatever zone they are', [
    [on('at', { TimestampEquals: '2026-01-01T14:00:00+02:00' }), true],
    [on('at', { TimestampLessThan: '2026-01-01T12:00:01Z' }), true],
    [on('text', { TimestampLessThan: '2026-01-01T12:00:01Z' }), false],
  ]),
  row('compares with the value at another path', [
    [on('text', { StringEqualsPath: '$.other' }), true],
    [on('number', { NumericLessThanPath: '$.six' }), true],
    [on('yes', { BooleanEqualsPath: '$.no' }), false],
    [on('at', { TimestampLessThanPath: '$.later' }), true],
  ]),
  row('tests the type and the presence of a value', [
    [on('nothing', { IsNull: true }), true],
    [on('nothing', { IsPresent: true }), true],
    [on('missing', { IsPresent: true }), false],
    [on('missing', { IsPresent: false }), true],
    [on('number', { IsNumeric: true }), true],
    [on('text', { IsNumeric: false }), true],
    [on('text', { IsString: true }), true],
    [on('yes', { IsBoolean: true }), true],
    [on('at', { IsTimestamp: true }), true],
    [on('text', { IsTimestamp: true }), false],
  ]),
  row('combines rules by And, Or and Not', [
    [{ And: [on('number', { NumericGreaterThan: 1 }), on('yes', { BooleanEquals: true })] }, true],
    [{ And: [on('number', { NumericGreaterThan: 1 }), on('yes', { BooleanEquals: false })] }, false],
    [{ Or: [on('number', { NumericGreaterThan: 9 }), on('yes', { BooleanEquals: true })] }, true],
    [{ Not: on('number', { NumericGreaterThan: 9 }) }, true],
    [{ Not: { And: [on('missing', { IsPresent: true }), on('missing', { NumericEquals: 1 })] } }, true],
  ]),
  {
    behaviour: 'fails with States.NoChoiceMatched when no rule holds and there is no default',
    source: SOURCE,
    test: async (target) => {
      const state = { Type: 'Choice', Choices: [on('number', { NumericEquals: 1, Next: 'Done' })] };
      const output = await outputOfState(target, state, INPUT, { Done: { Type: 'Succeed' } });
      expect(output).toMatchObject({ error: 'States.NoChoiceMatched' });
    },
  },
  {
    behaviour: 'fails with States.Runtime when the variable of a comparison is not there',
    source: SOURCE,
    test: async (target) => {
      const state = { Type: 'Choice', Choices: [on('missing', { NumericEquals: 1, Next: 'Done' })], Default: 'Done' };
      const output = await outputOfState(target, state, INPUT, { Done: { Type: 'Succeed' } });
      expect(output).toMatchObject({ error: 'States.Runtime' });
    },
  },
]);
