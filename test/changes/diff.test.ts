import { expect, test } from 'vitest';
import type { TemplateResource } from '../support/template';
import { changesBetween, Effect } from './diff';

const COMPUTE = 'AWS::Batch::ComputeEnvironment';
const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const versionOf = (id: string) => ({ 'Fn::GetAtt': [id, 'LatestVersionNumber'] });

type Sketch = Readonly<Record<string, TemplateResource>>;
const between = (before: Sketch, after: Sketch) =>
  changesBetween(new Map(Object.entries(before)), new Map(Object.entries(after))).map(({ logicalId, effect, paths }) =>
    [logicalId, effect, ...paths].join(' '),
  );

const compute = (
  ComputeResources: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>> = {},
) => ({
  Compute: { Type: COMPUTE, Properties: { ReplaceComputeEnvironment: false, ComputeResources, ...rest } },
});

test('what is the same does not change', () => {
  expect(between(compute({ MaxvCpus: 1 }), compute({ MaxvCpus: 1 }))).toEqual([]);
});

test('what the schema lets change changes in place', () => {
  const changes = between(compute({ MaxvCpus: 1 }), compute({ MaxvCpus: 2 }));
  expect(changes).toEqual(['Compute in place ComputeResources.MaxvCpus']);
});

test('what may replace a compute environment does so unless it is told not to', () => {
  const [small, large] = [{ InstanceTypes: ['c7i'] }, { InstanceTypes: ['c7i', 'm7i'] }];
  expect(between(compute(small), compute(large))).toEqual([
    `Compute ${Effect.IN_PLACE} ComputeResources.InstanceTypes`,
  ]);
  const rest = { ReplaceComputeEnvironment: true };
  expect(between(compute(small, rest), compute(large, rest))).toEqual([
    `Compute ${Effect.REPLACED} ComputeResources.InstanceTypes`,
  ]);
});

test('tags replace a compute environment, whatever it is told', () => {
  const changes = between(compute({}), compute({}, { Tags: { commit: 'abc' } }));
  expect(changes).toEqual([`Compute ${Effect.REPLACED} Tags`]);
});

test('a new version of a launch template reaches the compute environment that is pinned to it, and ends there', () => {
  const template = (ImageId: string) => ({
    Template: { Type: TEMPLATE, Properties: { LaunchTemplateData: { ImageId } } },
    ...compute({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: versionOf('Template') } }),
    Queue: {
      Type: 'AWS::Batch::JobQueue',
      Properties: { ComputeEnvironmentOrder: [{ ComputeEnvironment: { Ref: 'Compute' } }] },
    },
  });
  expect(between(template('ami-1'), template('ami-2'))).toEqual([
    `Template ${Effect.IN_PLACE} LaunchTemplateData.ImageId`,
    `Compute ${Effect.IN_PLACE} ComputeResources.LaunchTemplate.Version`,
  ]);
});

test('a replacement reaches what refers to it', () => {
  const named = (ComputeEnvironmentName: string) => ({
    ...compute({}, { ComputeEnvironmentName }),
    Queue: {
      Type: 'AWS::Batch::JobQueue',
      Properties: { ComputeEnvironmentOrder: [{ ComputeEnvironment: { Ref: 'Compute' } }] },
    },
  });
  expect(between(named('one'), named('two'))).toEqual([
    `Compute ${Effect.REPLACED} ComputeEnvironmentName`,
    `Queue ${Effect.IN_PLACE} ComputeEnvironmentOrder[].ComputeEnvironment`,
  ]);
});

test('any change of a job definition is a new revision, except of its name', () => {
  const job = (image: string, JobDefinitionName: string) => ({
    Job: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: { JobDefinitionName, ContainerProperties: { Image: image } },
    },
  });
  expect(between(job('a', 'one'), job('b', 'one'))).toEqual([`Job ${Effect.NEW_REVISION} ContainerProperties.Image`]);
  expect(between(job('a', 'one'), job('a', 'two'))).toEqual([`Job ${Effect.REPLACED} JobDefinitionName`]);
});

test('what is new is created, what is gone is deleted', () => {
  const other = { Other: { Type: COMPUTE, Properties: {} } };
  expect(between(compute({}), other)).toEqual(['Other created', 'Compute deleted']);
});
