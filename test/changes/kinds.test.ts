import { Tags } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { AREAS } from '../surface/areas';
import { templateOf } from '../surface/measure';
import { schemaOf } from '../support/service-spec';
import { resourcesOf } from '../support/template';

// Compute environments, queues and jobs of every kind there is.
const templates = AREAS.map((area) =>
  templateOf(area, (stack) => {
    Tags.of(stack.node.root).add('commit', '5329f78');
  }),
);
const resources = templates.flatMap((template) => [...resourcesOf(template).values()]);
const definitions = resources.filter(({ Type }) => Type === 'AWS::Batch::JobDefinition');

describe('whatever the kind', () => {
  test('a job definition keeps its old revisions for callers that name them', () => {
    expect(definitions.length).toBeGreaterThan(5);
    const retention = definitions.map(({ Properties }) => Properties.ResourceRetentionPolicy);
    expect(new Set(retention.map((policy) => JSON.stringify(policy)))).toEqual(
      new Set(['{"SkipDeregisterOnUpdate":true}']),
    );
  });

  test('a tag on the whole app stays away from what it would replace', () => {
    const replaceable = resources.filter(
      ({ Type }) => Type.startsWith('AWS::Batch::') && schemaOf(Type).get('Tags')?.replacement === 'yes',
    );
    expect(new Set(replaceable.map(({ Type }) => Type)).size).toBe(4);
    expect(replaceable.filter(({ Properties }) => JSON.stringify(Properties).includes('5329f78'))).toEqual([]);
  });

  test('a tag on the whole app gets to the resources that take it in place', () => {
    const taggable = resources.filter(
      ({ Type }) => Type.startsWith('AWS::Batch::') && schemaOf(Type).get('Tags')?.replacement === 'no',
    );
    expect(taggable.filter(({ Properties }) => !JSON.stringify(Properties).includes('5329f78'))).toEqual([]);
  });

  test('a compute environment that may be replaced is told not to be', () => {
    const environments = resources.filter(({ Type }) => Type === 'AWS::Batch::ComputeEnvironment');
    const onInstances = environments.filter(({ Properties }) => 'UpdatePolicy' in Properties);
    expect(onInstances.length).toBeGreaterThan(2);
    expect(onInstances.filter(({ Properties }) => Properties.ReplaceComputeEnvironment !== false)).toEqual([]);
  });
});
