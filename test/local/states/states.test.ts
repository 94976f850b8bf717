import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestWorld } from '../support';
import { historyOf, machineOf, outputOf, run, worldWith } from './support';

let world: TestWorld;
beforeEach(async () => {
  world = await worldWith();
});
afterEach(() => world.close());

const end = { Type: 'Pass', End: true };

describe('a Pass state', () => {
  test.each([
    ['its input', {}, { a: 1 }],
    ['what Output says', { Output: { b: '{% $states.input.a + 1 %}', c: ['x'] } }, { b: 2, c: ['x'] }],
    ['the context', { Output: '{% $states.context.State.Name & $states.context.StateMachine.Name %}' }, 'Amachine'],
    ['the input of the execution', { Output: '{% $states.context.Execution.Input.a %}' }, 1],
  ])('hands on %s', async (_, more, expected) => {
    expect(outputOf(await run(world, machineOf({ A: { ...end, ...more } }), { a: 1 }))).toEqual(expected);
  });

  test('fails with an expression that gives nothing, and says where', async () => {
    const execution = await run(world, machineOf({ A: { ...end, Output: { v: '{% $states.input.absent %}' } } }));
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression " +
        "'$states.input.absent' specified for the field 'Output/v' returned nothing (undefined).",
    });
    const events = await historyOf(world, execution.executionArn);
    expect(events.map(({ type }) => type)).toEqual([
      ...['ExecutionStarted', 'PassStateEntered', 'EvaluationFailed', 'ExecutionFailed'],
    ]);
    expect(events[2].evaluationFailedEventDetails).toMatchObject({ state: 'A', location: 'Output/v' });
  });
});

describe('variables', () => {
  test('are assigned together, after Output has seen the old ones', async () => {
    const definition = machineOf({
      A: { Type: 'Pass', Assign: { n: 1, m: '{% $states.input.m %}' }, Next: 'B' },
      B: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', old: '{% $n %}' }, Output: '{% $n %}', Next: 'C' },
      C: { ...end, Output: { input: '{% $states.input %}', n: '{% $n %}', old: '{% $old %}', m: '{% $m %}' } },
    });
    expect(outputOf(await run(world, definition, { m: 'm' }))).toEqual({ input: 1, n: 2, old: 1, m: 'm' });
  });

  test('of a branch end with it', async () => {
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: { ...end, Assign: { n: name }, Output: '{% $outer %}' } },
    });
    const definition = machineOf({
      A: { Type: 'Pass', Assign: { outer: 'o', n: 'before' }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [branch('B'), branch('C')], Next: 'Z' },
      Z: { ...end, Output: ['{% $states.input %}', '{% $n %}'] },
    });
    expect(outputOf(await run(world, definition))).toEqual([['o', 'o'], 'before']);
  });
});

describe('a Choice state', () => {
  const definition = (more: object = { Default: 'Other' }) =>
    machineOf({
      A: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Big', Output: 'big' },
          { Condition: '{% $states.input.n > 5 %}', Next: 'Middle', Assign: { seen: '{% $states.input.n %}' } },
        ],
        ...more,
      },
      Big: end,
      Middle: { ...end, Output: '{% $seen %}' },
      ...('Default' in more ? { Other: end } : {}),
    });

  test.each([
    [11, 'big'],
    [6, 6],
    [5, { n: 5 }],
  ])('goes with %i to the first rule that holds', async (n, expected) => {
    expect(outputOf(await run(world, definition(), { n }))).toEqual(expected);
  });

  test('fails when nothing matches and there is no Default', async () => {
    expect(await run(world, definition({}), { n: 1 })).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
    });
  });

  test('fails with a condition that is no boolean', async () => {
    const choices = [{ Condition: '{% $states.input.n %}', Next: 'B' }];
    const execution = await run(world, machineOf({ A: { Type: 'Choice', Choices: choices }, B: end }), { n: 1 });
    expect(execution.cause).toContain(
      "field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean'",
    );
  });
});

describe('a Wait state', () => {
  test.each([
    [{ Seconds: 0 }],
    [{ Seconds: '{% $states.input.s %}' }],
    [{ Timestamp: '2020-01-01T00:00:00Z' }],
    [{ Timestamp: '{% $states.context.Execution.StartTime %}' }],
  ])('with %j goes on', async (more) => {
    expect(outputOf(await run(world, machineOf({ A: { Type: 'Wait', End: true, ...more } }), { s: 0.01 }))).toEqual({
      s: 0.01,
    });
  });

  test.each([[{ Seconds: -1 }], [{ Seconds: '{% "1" %}' }], [{ Timestamp: 'soon' }]])('fails with %j', async (more) => {
    const execution = await run(world, machineOf({ A: { Type: 'Wait', End: true, ...more } }));
    expect(execution.error).toBe('States.QueryEvaluationError');
  });
});

test('a Succeed state ends the execution with its output', async () => {
  const states = { A: { Type: 'Succeed', Output: '{% $states.input.a %}' } };
  expect(outputOf(await run(world, machineOf(states), { a: 3 }))).toBe(3);
});

test('a Fail state ends the execution with its error', async () => {
  const states = { A: { Type: 'Fail', Error: 'Mine', Cause: '{% "because of " & $states.input.a %}' } };
  expect(await run(world, machineOf(states), { a: 'b' })).toMatchObject({
    ...{ status: 'FAILED', error: 'Mine', cause: 'because of b' },
  });
});

describe('a Parallel state', () => {
  const failing = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Mine', Cause: 'c' } } };
  const waiting = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };

  test('gives the results of its branches in their order', async () => {
    const slow = { StartAt: 'S', States: { S: { Type: 'Wait', Seconds: 0.02, Output: 'slow', End: true } } };
    const fast = { StartAt: 'Q', States: { Q: { ...end, Output: '{% $states.input.a %}' } } };
    const states = { A: { Type: 'Parallel', Arguments: { a: 'fast' }, Branches: [slow, fast], End: true } };
    expect(outputOf(await run(world, machineOf(states)))).toEqual(['slow', 'fast']);
  });

  test('fails with its first branch, and stops the others', async () => {
    const execution = await run(world, machineOf({ A: { Type: 'Parallel', Branches: [waiting, failing], End: true } }));
    expect(execution).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'c' });
  });

  test('hands a failure to its Catch', async () => {
    const rules = [{ ErrorEquals: ['Mine'], Next: 'B', Output: '{% $states.errorOutput %}', Assign: { e: 1 } }];
    const states = {
      A: { Type: 'Parallel', Branches: [failing], End: true, Catch: rules },
      B: { ...end, Output: ['{% $states.input %}', '{% $e %}'] },
    };
    expect(outputOf(await run(world, machineOf(states)))).toEqual([{ Error: 'Mine', Cause: 'c' }, 1]);
  });
});

describe('a Map state', () => {
  const processor = (state: object) => ({ StartAt: 'I', States: { I: { ...end, ...state } } });
  const item = { v: '{% $states.context.Map.Item.Value %}', i: '{% $states.context.Map.Item.Index %}' };

  test('runs its processor once for each item', async () => {
    const states = {
      A: {
        ...{ Type: 'Map', Items: '{% $states.input.list %}', MaxConcurrency: 2, End: true },
        ItemSelector: { ...item, more: '{% $states.input.more %}' },
        ItemProcessor: processor({ Output: '{% $states.input.v & $states.input.i & $states.input.more %}' }),
      },
    };
    const execution = await run(world, machineOf(states), { list: ['a', 'b', 'c'], more: '!' });
    expect(outputOf(execution)).toEqual(['a0!', 'b1!', 'c2!']);
  });

  test('gives an empty list for no items', async () => {
    const states = { A: { Type: 'Map', Items: [], ItemProcessor: processor({}), End: true } };
    expect(outputOf(await run(world, machineOf(states)))).toEqual([]);
  });

  test('fails when its items are no list', async () => {
    const states = { A: { Type: 'Map', ItemProcessor: processor({}), End: true } };
    expect((await run(world, machineOf(states))).cause).toContain('Items must be an array, got {}');
  });
});

describe('data', () => {
  test('of 256 KiB passes', async () => {
    const states = { A: { ...end, Output: '{% $pad("", 262142, "x") %}' } };
    expect((await run(world, machineOf(states))).status).toBe('SUCCEEDED');
  });

  test('fails above 256 KiB with an error that no wildcard catches', async () => {
    const branch = { StartAt: 'B', States: { B: { ...end, Output: '{% $pad("", 262143, "x") %}' } } };
    const rules = [{ ErrorEquals: ['States.ALL'], Next: 'C' }];
    const states = { A: { Type: 'Parallel', Branches: [branch], End: true, Catch: rules }, C: end };
    expect((await run(world, machineOf(states))).error).toBe('States.DataLimitExceeded');
  });
});
