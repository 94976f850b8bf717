import { expect, test } from 'vitest';
import { pathsOf, schemaOf, typesOf } from '../support/service-spec';
import { reachedBy } from './reached';

const TYPES = typesOf('AWS::Batch::');
const QUEUE = 'AWS::Batch::JobQueue';
const queue = (Properties: Readonly<Record<string, unknown>>) => ({
  Resources: { Queue: { Type: QUEUE, Properties } },
});
const reachedIn = (properties: Readonly<Record<string, unknown>>): readonly string[] =>
  [...reachedBy(queue(properties), TYPES)].map((path) => path.replace(`${QUEUE} `, ''));

test('AWS Batch has seven types and hundreds of property paths', () => {
  expect(TYPES).toHaveLength(7);
  expect(TYPES.flatMap((type) => pathsOf(schemaOf(type)))).toHaveLength(619);
});

test('a path is reached when a template has it, inside of lists too', () => {
  const ComputeEnvironmentOrder = [{ Order: 1 }, { ComputeEnvironment: { Ref: 'Spot' } }];
  expect(reachedIn({ Priority: 1, ComputeEnvironmentOrder })).toEqual([
    'Priority',
    'ComputeEnvironmentOrder',
    'ComputeEnvironmentOrder[].Order',
    'ComputeEnvironmentOrder[].ComputeEnvironment',
  ]);
});

test('what a deployment puts in place of a value reaches no path below it', () => {
  expect(reachedIn({ ComputeEnvironmentOrder: { 'Fn::If': ['Wide', [], []] } })).toEqual(['ComputeEnvironmentOrder']);
  expect(reachedIn({ SchedulingPolicyArn: { Ref: 'AWS::NoValue' } })).toEqual([]);
});

test('a property that the schema does not know is an error, not a path', () => {
  expect(() => reachedIn({ Prioritty: 1 })).toThrow("AWS::Batch::JobQueue has no property 'Prioritty'");
});

test('other types do not count', () => {
  expect(reachedBy({ Resources: { Key: { Type: 'AWS::KMS::Key' } } }, TYPES)).toEqual(new Set());
});
