import { expect } from 'vitest';
import { note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const INTRINSICS = 'AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference';

type Values = Readonly<Record<string, readonly [value: unknown, expected: string]>>;

/** Makes a stack whose outputs are the values, and compares them. */
const expectValues = async (target: Target, values: Values, more: Readonly<Record<string, unknown>> = {}) => {
  const stack = stackOf(target);
  const Outputs = Object.fromEntries(Object.entries(values).map(([key, [Value]]) => [key, { Value }]));
  const { StackStatus } = await stack.deploy({ ...more, Resources: { Note: note('hello') }, Outputs });
  expect(StackStatus, await stack.reasons()).toBe('CREATE_COMPLETE');
  const expected = Object.fromEntries(Object.entries(values).map(([key, [, value]]) => [key, value]));
  expect(await stack.outputs()).toEqual(expected);
};

const row = (behaviour: string, page: string, values: Values, more?: Readonly<Record<string, unknown>>) => ({
  behaviour,
  source: `${INTRINSICS}-${page}.html`,
  test: (target: Target) => expectValues(target, values, more),
});

export const functions = table('AWS CloudFormation', 'Functions', [
  row('Fn::Base64 encodes text', 'base64', {
    Out: [{ 'Fn::Base64': 'AWS CloudFormation' }, 'QVdTIENsb3VkRm9ybWF0aW9u'],
  }),
  row('Fn::Cidr cuts blocks of a number of host bits', 'cidr', {
    Out: [
      { 'Fn::Join': ['|', { 'Fn::Cidr': ['192.168.0.0/24', '6', '5'] }] },
      [0, 32, 64, 96, 128, 160].map((n) => `192.168.0.${n}/27`).join('|'),
    ],
  }),
  row(
    'Fn::FindInMap looks up two keys of a mapping',
    'findinmap',
    { Out: [{ 'Fn::FindInMap': ['RegionMap', 'us-east-1', 'HVM64'] }, 'ami-0ff8a91507f77f867'] },
    { Mappings: { RegionMap: { 'us-east-1': { HVM64: 'ami-0ff8a91507f77f867', HVMG2: 'ami-0a584ac55a7631c0c' } } } },
  ),
  row('Fn::GetAtt gives an attribute of a resource, as a list or with a dot', 'getatt', {
    One: [{ 'Fn::GetAtt': ['Note', 'Value'] }, 'hello'],
    Two: [{ 'Fn::GetAtt': 'Note.Type' }, 'String'],
  }),
  row('Fn::Join joins with a delimiter', 'join', { Out: [{ 'Fn::Join': [':', ['a', 'b', 'c']] }, 'a:b:c'] }),
  row('Fn::Select counts from zero', 'select', {
    Out: [{ 'Fn::Select': ['1', ['apples', 'grapes', 'oranges', 'mangoes']] }, 'grapes'],
  }),
  row('Fn::Split splits at a delimiter, and keeps empty parts', 'split', {
    One: [{ 'Fn::Join': ['-', { 'Fn::Split': ['|', 'a|b|c'] }] }, 'a-b-c'],
    Two: [{ 'Fn::Join': ['-', { 'Fn::Split': ['|', 'a||c|'] }] }, 'a--c-'],
    Three: [{ 'Fn::Select': ['2', { 'Fn::Split': [',', 'x,y,z'] }] }, 'z'],
  }),
  row('Fn::Sub puts in references, attributes and given values, and leaves ${!Literal} alone', 'sub', {
    One: [{ 'Fn::Sub': '${AWS::Partition}/${Note.Value}' }, 'aws/hello'],
    Two: [{ 'Fn::Sub': ['www.${Domain}', { Domain: 'example.com' }] }, 'www.example.com'],
    Three: [{ 'Fn::Sub': 'a ${!Literal}' }, 'a ${Literal}'],
  }),
  row(
    'Fn::If takes one of two values by a condition',
    'conditions',
    { One: [{ 'Fn::If': ['Yes', 'then', 'else'] }, 'then'], Two: [{ 'Fn::If': ['No', 'then', 'else'] }, 'else'] },
    {
      Conditions: {
        Yes: { 'Fn::Equals': ['a', 'a'] },
        No: {
          'Fn::Or': [
            { 'Fn::Not': [{ Condition: 'Yes' }] },
            { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Equals': ['a', 'b'] }] },
          ],
        },
      },
    },
  ),
  {
    behaviour: 'Ref of a parameter is its value, of AWS::NoValue nothing, of a resource its name',
    source: `${INTRINSICS}-ref.html`,
    test: async (target) => {
      const stack = stackOf(target);
      const Parameters = {
        Text: { Type: 'String', Default: 'given' },
        List: { Type: 'CommaDelimitedList', Default: 'a, b' },
      };
      const Resources = { Note: note({ Ref: 'Text' }, { Description: { Ref: 'AWS::NoValue' } }) };
      const Outputs = {
        Name: { Value: { Ref: 'Note' } },
        Value: { Value: { 'Fn::GetAtt': ['Note', 'Value'] } },
        List: { Value: { 'Fn::Join': ['+', { Ref: 'List' }] } },
        Stack: { Value: { Ref: 'AWS::StackName' } },
      };
      await stack.deploy({ Parameters, Resources, Outputs });
      const { Note: Name } = await stack.ids();
      expect(await stack.outputs()).toEqual({ Name, Value: 'given', List: 'a+b', Stack: stack.name });
    },
  },
  {
    behaviour: 'refuses a function of a transform that the template does not name',
    source: 'AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html',
    differs: 'the transform AWS::LanguageExtensions is not supported either',
    test: async (target) => {
      for (const name of ['Fn::ToJsonString', 'Fn::Length']) {
        const Outputs = { Out: { Value: { [name]: ['a'] } } };
        await expect(stackOf(target).propose({ Resources: { Note: note('a') }, Outputs })).rejects.toThrow(name);
      }
    },
  },
]);
