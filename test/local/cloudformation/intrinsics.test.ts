import { describe, expect, test } from 'vitest';
import { holds } from '../../../local/cloudformation/template/conditions';
import { evaluate } from '../../../local/cloudformation/template/evaluate';
import { referencesOf } from '../../../local/cloudformation/template/references';
import { noValue, type Scope } from '../../../local/cloudformation/template/scope';

const values: Readonly<Record<string, unknown>> = {
  Bucket: 'goods',
  Subnets: ['a', 'b'],
  Size: 3,
  'AWS::Region': 'us-east-1',
  'AWS::NoValue': noValue,
};
const conditions: Readonly<Record<string, boolean>> = { Yes: true, No: false };
const scope: Scope = {
  ref: (name) => {
    if (!(name in values)) throw new Error(`no ${name}`);
    return values[name];
  },
  attribute: (id, attribute) => `${id}:${attribute}`,
  condition: (name) => conditions[name],
  mapping: (...keys) => keys.join('/'),
  importValue: (name) => `import of ${name}`,
  availabilityZones: () => ['z1', 'z2', 'z3'],
};
const run = (value: unknown): unknown => evaluate(value, scope);

describe('a function gives', () => {
  test.each([
    ['Ref', { Ref: 'Bucket' }, 'goods'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'Role:Arn'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Stack.Outputs.Name' }, 'Stack:Outputs.Name'],
    ['Fn::Join', { 'Fn::Join': [':', ['arn', { Ref: 'Bucket' }, 3]] }, 'arn:goods:3'],
    ['Fn::Join of a list', { 'Fn::Join': [',', { Ref: 'Subnets' }] }, 'a,b'],
    ['Fn::Select', { 'Fn::Select': [1, { Ref: 'Subnets' }] }, 'b'],
    ['Fn::Select by text', { 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }, 'z1'],
    ['Fn::Split', { 'Fn::Split': ['/', 'a/b/c'] }, ['a', 'b', 'c']],
    ['Fn::Sub', { 'Fn::Sub': '${Bucket}.${AWS::Region}.${Role.Arn}.${!Kept}' }, 'goods.us-east-1.Role:Arn.${Kept}'],
    ['Fn::Sub with values', { 'Fn::Sub': ['${A}-${Bucket}', { A: { Ref: 'Size' } }] }, '3-goods'],
    ['Fn::Base64', { 'Fn::Base64': { 'Fn::Sub': '${Bucket}' } }, 'Z29vZHM='],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'M/us-east-1/k'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Bucket}-x' } }, 'import of goods-x'],
    ['Fn::If true', { 'Fn::If': ['Yes', 'a', { Ref: 'Missing' }] }, 'a'],
    ['Fn::If false', { 'Fn::If': ['No', { Ref: 'Missing' }, 'b'] }, 'b'],
    ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['Fn::Cidr over a byte', { 'Fn::Cidr': ['10.0.254.0/23', 2, '8'] }, ['10.0.254.0/24', '10.0.255.0/24']],
  ])('%s', (_, value, expected) => {
    expect(run(value)).toEqual(expected);
  });

  test('nothing for AWS::NoValue, in maps and in lists', () => {
    expect(run({ A: { Ref: 'AWS::NoValue' }, B: [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }] })).toEqual({
      B: [1],
    });
  });

  test('what is no function as it is', () => {
    const policy = { Statement: [{ Condition: { Bool: { 'aws:SecureTransport': false } }, Sid: null }] };
    expect(run(policy)).toEqual(policy);
    expect(run({ Ref: 'Bucket', Other: 1 })).toEqual({ Ref: 'Bucket', Other: 1 });
  });
});

describe('a wrong function', () => {
  test.each([
    ['an unknown one', { 'Fn::Transform': {} }, 'does not support the template function Fn::Transform'],
    ['one beside other keys', { 'Fn::Sub': 'x', Other: 1 }, 'Fn::Sub must stand alone'],
    ['an index outside of the list', { 'Fn::Select': [2, ['a', 'b']] }, 'cannot select the index 2 of a list with 2'],
    ['an index that is no number', { 'Fn::Select': ['x', ['a']] }, 'cannot select the index NaN'],
    [
      'a join of a list in a list',
      { 'Fn::Join': [',', [['a']]] },
      'each entry of Fn::Join must be a string, got ["a"]',
    ],
    ['a join without a list', { 'Fn::Join': [',', 'a'] }, 'the second argument of Fn::Join must be a list'],
    ['a join with one argument', { 'Fn::Join': ['a'] }, 'Fn::Join must be a list of 2 entries'],
    ['a substitution that is a number', { 'Fn::Sub': 3 }, 'Fn::Sub takes a string'],
    ['a block that is no block', { 'Fn::Cidr': ['10.0.0.0', 1, 8] }, 'takes an IPv4 block such as 10.0.0.0/16'],
    ['more blocks than there are', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'cannot take 2 blocks of 8 host bits'],
  ])('fails: %s', (_, value, message) => {
    expect(() => run(value)).toThrow(message);
  });
});

describe('a condition', () => {
  test.each([
    [{ 'Fn::Equals': [{ Ref: 'Bucket' }, 'goods'] }, true],
    [{ 'Fn::Equals': [{ Ref: 'Size' }, '3'] }, true],
    [{ 'Fn::Equals': ['a', 'A'] }, false],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
    [{ 'Fn::Or': [{ Condition: 'No' }, { Condition: 'No' }] }, false],
    [{ 'Fn::Contains': [['2', '3'], { Ref: 'Size' }] }, true],
    [{ 'Fn::Contains': [['31'], '3'] }, false],
  ])('%j is %s', (expression, expected) => {
    expect(holds(expression, scope)).toBe(expected);
  });

  test.each([
    [{ 'Fn::EachMemberIn': [[], []] }, 'does not support the condition function Fn::EachMemberIn'],
    [{ 'Fn::Equals': ['a'] }, 'Fn::Equals takes two values'],
    [{ 'Fn::And': 'x' }, 'Fn::And takes a list'],
    ['Yes', 'a condition must be an object with one function, got "Yes"'],
    [{}, 'a condition must be an object with one function'],
  ])('%j is refused', (expression, message) => {
    expect(() => holds(expression, scope)).toThrow(message);
  });
});

describe('references', () => {
  test('are found in every function', () => {
    const found = referencesOf({
      A: { 'Fn::Sub': ['${One}${Two.Arn}${local}${!No}', { local: { Ref: 'Three' } }] },
      B: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Four', 'Arn'] }]] }],
      C: { 'Fn::FindInMap': ['Map', { Ref: 'Five' }, 'k'] },
    });
    expect([...found.names].sort()).toEqual(['Five', 'Four', 'One', 'Three', 'Two']);
    expect([...found.attributes].sort()).toEqual(['Four', 'Two']);
    expect([...found.mappings]).toEqual(['Map']);
  });

  test('of an untaken branch count only when nobody chooses', () => {
    const value = { 'Fn::If': ['Yes', { Ref: 'A' }, { Ref: 'B' }] };
    expect([...referencesOf(value).names]).toEqual(['A', 'B']);
    expect([...referencesOf(value, () => false).names]).toEqual(['B']);
    expect([...referencesOf(value).conditions]).toEqual(['Yes']);
  });
});
