import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../local/states/language/jsonata';

const bindings = {
  states: { input: { a: [1, 2, 3], name: 'x', none: null, nested: { b: true } }, context: {} },
  bucket: 'data',
};

describe('an expression', () => {
  test.each([
    ['{% $states.input.name %}', 'x'],
    ['{% $bucket & "/" & $states.input.name %}', 'data/x'],
    ['{% $states.input.a[$ > 1] %}', [2, 3]],
    ['{% $states.input.none %}', null],
    ['{% $merge([$states.input.nested, {"c": 1}]) %}', { b: true, c: 1 }],
    ['{%$count($states.input.a)%}', 3],
    ['{% 1/0 %}', 'Infinity'],
    ['no expression', 'no expression'],
    [' {% 1 %}', ' {% 1 %}'],
    [{ deep: [{ value: '{% $states.input.nested.b %}' }, '{% $bucket %}', 7] }, { deep: [{ value: true }, 'data', 7] }],
    ['{% $parse("{\\"a\\":[1]}") %}', { a: [1] }],
    ['{% $partition([1,2,3,4,5], 2) %}', [[1, 2], [3, 4], [5]]],
    ['{% $range(1, 10, 3) %}', [1, 4, 7, 10]],
    ['{% $range(3, 1, -1) %}', [3, 2, 1]],
    ['{% $range(5, 5, 1) %}', 5],
    ['{% $hash("a", "SHA-256") %}', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $length($uuid()) %}', 36],
  ])('in %j gives %j', async (template, value) => {
    expect(await evaluate(template, bindings, 'Output')).toEqual(value);
  });

  test.each([
    ['nothing', '{% $states.input.absent %}', 'returned nothing (undefined)'],
    ['an unknown variable', '{% $unknown %}', 'returned nothing (undefined)'],
    ['a function', '{% $sum %}', 'unsupported result type'],
    ['a wrong type', '{% "a" + 1 %}', 'T2001'],
    ['$eval', '{% $eval("1") %}', 'T1006'],
    ['an unknown hash', '{% $hash("a", "CRC") %}', '$hash knows MD5'],
    ['endless recursion', '{% ($f := function($x) { $f($x) + 1 }; $f(1)) %}', 'D1011'],
    ['an empty partition', '{% $partition([1], 0) %}', 'returned nothing (undefined)'],
  ])('fails with %s, and names its field', async (_, template, message) => {
    const failing = evaluate({ list: [template] }, bindings, 'Arguments');
    await expect(failing).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
      location: 'Arguments/list[0]',
    });
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toThrow(`'${template.slice(3, -3)}' specified for the field 'Arguments/list[0]'`);
  });
});
