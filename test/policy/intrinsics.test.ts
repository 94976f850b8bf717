import { describe, expect, test } from 'vitest';
import { Template } from '../../lib/policy/template/template';

const SECTIONS = {
  Parameters: {
    Size: { Type: 'Number', Default: 4 },
    Names: { Type: 'CommaDelimitedList', Default: 'a,b' },
    Given: { Type: 'String' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/aws/service/ami' },
    Stage: { Type: 'String', Default: 'dev' },
  },
  Mappings: { Sizes: { dev: { least: 1 } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    IsBoth: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    IsEither: { 'Fn::Or': [{ Condition: 'IsLater' }, { Condition: 'IsDev' }] },
    IsLater: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] },
  },
};

const template = (value: unknown, resources: object = {}): Template =>
  new Template(JSON.stringify({ ...SECTIONS, Resources: { It: { Type: 'T', Properties: { value } }, ...resources } }));
const valueOf = (value: unknown) => template(value).resources[0].properties.at('value');

describe('what is known before the deployment', () => {
  test.each<[string, unknown, string]>([
    ['a number in text', '4', '4'],
    ['the default of a parameter', { Ref: 'Size' }, '4'],
    ['a joined text', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-4'],
    ['a joined list', { 'Fn::Join': ['-', { Ref: 'Names' }] }, 'a-b'],
    ['a text with its variables', { 'Fn::Sub': '${Stage}-${!x}' }, 'dev-${x}'],
    ['a text with variables of its own', { 'Fn::Sub': ['${One}', { One: { Ref: 'Stage' } }] }, 'dev'],
    ['one of a list', { 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    ['a part of a text', { 'Fn::Select': [0, { 'Fn::Split': ['/', 'x/y'] }] }, 'x'],
    ['an entry of a map', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'least'] }, '1'],
    ['a branch that holds', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    ['a branch that does not hold', { 'Fn::If': ['IsProd', 'yes', 'no'] }, 'no'],
    ['a branch of several conditions', { 'Fn::If': ['IsBoth', 'yes', 'no'] }, 'no'],
    ['a branch that one of several conditions decides', { 'Fn::If': ['IsEither', 'yes', 'no'] }, 'yes'],
  ])('%s', (_, raw, known) => {
    expect(valueOf(raw).text).toBe(known);
  });
});

describe('what is known at deploy time only', () => {
  test.each<[string, unknown]>([
    ['a pseudo parameter', { Ref: 'AWS::Region' }],
    ['a parameter without default', { Ref: 'Given' }],
    ['a parameter of SSM', { Ref: 'Image' }],
    ['a value of another stack', { 'Fn::ImportValue': 'other' }],
    ['an attribute of something unknown', { 'Fn::GetAtt': ['Nothing', 'Arn'] }],
    ['a branch of an unknown condition', { 'Fn::If': ['IsLater', 'yes', 'no'] }],
    ['a condition that is not there', { 'Fn::If': ['Nothing', 'yes', 'no'] }],
    ['the result of a macro', { 'Fn::Transform': { Name: 'x' } }],
    ['a part of an unknown text', { 'Fn::Select': [0, { 'Fn::Split': ['/', { Ref: 'Given' }] }] }],
    ['an entry of an unknown map', { 'Fn::FindInMap': ['Sizes', { Ref: 'Given' }, 'least'] }],
  ])('%s is neither there nor absent', (_, raw) => {
    const value = valueOf(raw);
    expect([value.text, value.number, value.flag, value.items, value.isAbsent]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      false,
    ]);
  });

  test('is all that is inside of it, too', () => {
    expect(valueOf({ Ref: 'Given' }).at('one', 'other').isAbsent).toBe(false);
  });

  test('is a text of which the beginning is known', () => {
    expect(valueOf({ 'Fn::Join': ['', ['#!', { Ref: 'Given' }]] }).beginning).toBe('#!');
    expect(valueOf({ 'Fn::Sub': '#!${Given}' }).beginning).toBe('#!');
  });
});

describe('what is absent', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['no value', { Ref: 'AWS::NoValue' }],
    ['a branch without value', { 'Fn::If': ['IsProd', 'x', { Ref: 'AWS::NoValue' }] }],
  ])('%s', (_, raw) => {
    expect(valueOf(raw).isAbsent).toBe(true);
  });

  test('leaves no place in a list', () => {
    const items = valueOf(['a', { Ref: 'AWS::NoValue' }, 'b']).items ?? [];
    expect(items.map(({ path }) => path)).toEqual(['Properties.value.0', 'Properties.value.2']);
  });
});

describe('resources', () => {
  const other = { Other: { Type: 'O', Properties: {} } };

  test.each<[string, unknown]>([
    ['by name', { Ref: 'Other' }],
    ['by an attribute', { 'Fn::GetAtt': ['Other', 'Arn'] }],
    ['by an attribute in one word', { 'Fn::GetAtt': 'Other.Arn' }],
  ])('are referred to %s', (_, raw) => {
    expect(template(raw, other).resources[0].properties.at('value').target?.type).toBe('O');
  });

  test('are left out if their condition does not hold', () => {
    const conditional = (Condition: string): Template => template(1, { Other: { ...other.Other, Condition } });
    expect(conditional('IsProd').ofType('O')).toHaveLength(0);
    expect(conditional('IsDev').ofType('O')).toHaveLength(1);
    expect(conditional('IsLater').ofType('O')).toHaveLength(1);
  });
});
