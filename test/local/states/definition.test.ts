import { describe, expect, test } from 'vitest';
import { integrationOf } from '../../../local/states/integrations/integrations';
import { readDefinition } from '../../../local/states/language/read-definition';
import { machineOf } from './support';

const read = (definition: string) => readDefinition(definition, (resource) => void integrationOf(resource));

const end = { Type: 'Pass', End: true };
const task = (more: object) => ({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...more });

describe('a definition', () => {
  test('is accepted when every state is JSONata, whatever the machine says', () => {
    const definition = JSON.stringify({
      StartAt: 'A',
      States: {
        A: { QueryLanguage: 'JSONata', Type: 'Pass', Next: 'B' },
        B: { Type: 'Succeed', QueryLanguage: 'JSONata' },
      },
    });
    expect([...read(definition).states.keys()]).toEqual(['A', 'B']);
  });

  test('fails to be accepted when it is not JSON', () => {
    expect(() => read('{')).toThrow(/INVALID_JSON_DESCRIPTION/);
  });

  test.each([
    ['no object', '[]', 'Definition must be a valid JSON object'],
    ['no StartAt', '{"States":{}}', 'These fields are required: [StartAt]'],
    ['no States', '{"StartAt":"A"}', 'These fields are required: [States]'],
    ['a dangling StartAt', machineOf({ A: end }, { StartAt: 'Nowhere' }), "Missing 'StartAt' target: Nowhere"],
    ['a dangling Next', machineOf({ A: { Type: 'Pass', Next: 'B' } }), "Missing 'Next' target: B at /States/A"],
    ['an unreachable state', machineOf({ A: end, B: end }), "State 'B' is not reachable"],
    ['an unknown type', machineOf({ A: { Type: 'Tsk', End: true } }), "unknown state type 'Tsk'"],
    ['neither Next nor End', machineOf({ A: { Type: 'Pass' } }), "exactly one of 'Next' and 'End: true'"],
    ['both Next and End', machineOf({ A: { ...end, Next: 'A' } }), "exactly one of 'Next' and 'End: true'"],
    ['a field of another type', machineOf({ A: { ...end, Seconds: 1 } }), "field 'Seconds' is not supported by Pass"],
    ['a field of JSONPath', machineOf({ A: task({ Parameters: {} }) }), "field 'Parameters' is not supported by Task"],
    ['a Wait without an end', machineOf({ A: { Type: 'Wait', End: true } }), "one of 'Seconds' and 'Timestamp'"],
    ['a Choice without rules', machineOf({ A: { Type: 'Choice', Choices: [] } }), 'at least one rule'],
    ['no Condition', machineOf({ A: { Type: 'Choice', Choices: [{ Next: 'A' }] } }), 'needs a Condition'],
    ['no branches', machineOf({ A: { Type: 'Parallel', Branches: [], End: true } }), 'at least one branch'],
    [
      'two states of one name',
      machineOf({ A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'A', States: { A: end } }] } }),
      "a state named 'A' exists already",
    ],
    [
      'a dangling Next in a branch',
      machineOf({
        A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'C' } } }] },
      }),
      "Missing 'Next' target: C at /States/A/Branches[0]/States/B",
    ],
    [
      'a wildcard that is not last',
      machineOf({
        A: task({
          Catch: [
            { ErrorEquals: ['States.ALL'], Next: 'B' },
            { ErrorEquals: ['X'], Next: 'B' },
          ],
        }),
        B: end,
      }),
      'States.ALL must stand alone, in the last rule at /States/A/Catch[0]',
    ],
    [
      'a dangling Catch',
      machineOf({ A: task({ Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }) }),
      'target: B at /States/A',
    ],
    [
      'a tolerated failure of an inline Map',
      machineOf({
        A: { Type: 'Map', End: true, ToleratedFailureCount: 1, ItemProcessor: { StartAt: 'B', States: { B: end } } },
      }),
      "field 'ToleratedFailureCount' is only supported by Map states in DISTRIBUTED mode at /States/A",
    ],
    [
      'an interval of 0',
      machineOf({ A: task({ Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 0 }] }) }),
      'IntervalSeconds',
    ],
    ['a backoff below 1', machineOf({ A: task({ Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }] }) }), 'BackoffRate'],
    ['a half expression', machineOf({ A: { ...end, Output: { b: ['{% 1'] } } }), "must begin with '{%'"],
    ['a bad expression', machineOf({ A: { ...end, Output: '{% 1 + %}' } }), 'does not parse: S0207'],
    [
      'a name without a context',
      machineOf({ A: { ...end, Output: { v: '{% phone %}' } } }),
      "Reference to 'phone' at the top",
    ],
    ['a name inside a call', machineOf({ A: { ...end, Output: '{% $sum(order.price) %}' } }), "Reference to 'order'"],
  ])('fails to be accepted with %s', (_, definition, message) => {
    expect(() => read(definition)).toThrow(expect.objectContaining({ code: 'InvalidDefinition' }));
    expect(() => read(definition)).toThrow(message);
  });

  test.each([
    '{% $states.input.items[price > 3].name %}',
    '{% $map($states.input.items, function($item) { $item.price * 2 }) %}',
    '{% $states.input.items^(>price) %}',
    '{% $states.input.items{name: price} %}',
    '{% ($x := $states.input.a; $x & "b") %}',
    '{% {"a": $states.input.b} %}',
  ])('is accepted with the expression %s', (expression) => {
    expect(read(machineOf({ A: { ...end, Output: expression } })).states.size).toBe(1);
  });

  test.each([
    [
      'an ItemReader of something else',
      machineOf({
        A: {
          ...{ Type: 'Map', End: true, ItemReader: { Resource: 'arn:aws:states:::dynamodb:scan' } },
          ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: end } },
        },
      }),
      'the ItemReader arn:aws:states:::dynamodb:scan',
    ],
    [
      'an activity',
      machineOf({ A: task({ Resource: 'arn:aws:states:us-east-1:000000000000:activity:a' }) }),
      'activity:a',
    ],
    [
      'an unknown resource',
      machineOf({ A: task({ Resource: 'arn:aws:states:::batch:submitJobz.sync' }) }),
      'batch:submitJobz.sync',
    ],
    [
      'an unknown service',
      machineOf({ A: task({ Resource: 'arn:aws:states:::aws-sdk:glue:startJobRun' }) }),
      'aws-sdk:glue',
    ],
  ])('refuses %s by its name', (_, definition, message) => {
    expect(() => read(definition)).toThrow(expect.objectContaining({ code: 'NotImplemented' }));
    expect(() => read(definition)).toThrow(message);
  });
});
