import { expect, test } from 'vitest';
import { resourceTypes } from '../../../local/cloudformation/registry';
import type { ResourceSchema } from '../../../local/cloudformation/schema/schema';
import { SCHEMAS } from '../../../local/cloudformation/schema/table';
import { validateProperties } from '../../../local/cloudformation/schema/validate';
import { distill, render } from '../../../scripts/resource-schemas/distill';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

test('the table is what `npm run refresh:resource-schemas` makes of the installed schemas', () => {
  const file = resolve(import.meta.dirname, '../../../local/cloudformation/schema/table.ts');
  expect(render(distill(resourceTypes.keys()))).toBe(readFileSync(file, 'utf8'));
});

test('a type names only properties that its schema has', () => {
  for (const { type, properties = [], fixed = [] } of resourceTypes.values()) {
    const known = Object.keys(SCHEMAS[type]?.properties ?? {});
    expect([type, [...properties, ...fixed].filter((name) => !known.includes(name))]).toEqual([type, []]);
  }
});

const schema: ResourceSchema = {
  properties: {
    Name: 'string',
    Size: 'integer',
    Part: 'number',
    On: 'boolean',
    Mode: { enum: ['FAST', 'SLOW'] },
    Anything: 'json',
    Labels: { map: 'string' },
    Items: { list: { shape: 'Item' } },
    Either: { any: ['integer', { list: 'integer' }] },
  },
  required: ['Name'],
  shapes: { Item: { properties: { Key: 'string', Inner: { shape: 'Item' } }, required: ['Key'] } },
};
const mistakes = (properties: Readonly<Record<string, unknown>>): string => {
  try {
    validateProperties('R', schema, { Name: 'n', ...properties });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*\n/, '') : '';
  }
};

test.each([
  [{ Size: 3, Part: 0.5, On: true, Mode: 'FAST', Labels: { a: 'b' }, Items: [{ Key: 'k' }] }],
  // A scalar that can be read as another one.
  [{ Name: 7, Size: '3', Part: '0.5', On: 'false', Mode: 'fast', Labels: { a: 1 } }],
  [{ Either: 1 }],
  [{ Either: [1, 2] }],
  [{ Anything: { free: [null] } }],
  [{ Size: { Ref: 'Later' }, Items: [{ 'Fn::If': ['C', {}, {}] }] }],
])('allows %j', (properties) => {
  expect(mistakes(properties)).toBe('');
});

test.each([
  [{ Name: undefined }, '#: required key [Name] not found'],
  [{ Colour: 'red' }, '#: extraneous key [Colour] is not permitted'],
  [{ constructor: 'red' }, '#: extraneous key [constructor] is not permitted'],
  [{ Size: 'many' }, '#/Size: expected type: Integer, found: String'],
  [{ Size: 1.5 }, '#/Size: expected type: Integer, found: Number'],
  [{ On: 1 }, '#/On: expected type: Boolean, found: Integer'],
  [{ Name: {} }, '#/Name: expected type: String, found: JSONObject'],
  [{ Mode: 'NEVER' }, '#/Mode: NEVER is not a valid enum value'],
  [{ Labels: [] }, '#/Labels: expected type: JSONObject, found: JSONArray'],
  [{ Items: {} }, '#/Items: expected type: JSONArray, found: JSONObject'],
  [{ Items: [{ Key: 'k', Inner: {} }] }, '#/Items/0/Inner: required key [Key] not found'],
  [{ Either: 'x' }, '#/Either: #: no subschema matched out of the total 2 subschemas'],
])('refuses %j', (properties, message) => {
  expect(mistakes(properties)).toBe(message);
});
