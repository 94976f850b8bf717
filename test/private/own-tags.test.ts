import { App, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import { describe, expect, test } from 'vitest';
import { ownTags } from '../../lib/private/own-tags';
import { featureFlags } from '../support/stack';

interface Given {
  readonly context?: Record<string, unknown>;
  readonly own?: Record<string, string>;
  readonly stackTags?: Record<string, string>;
}

/** Two resources in an app whose tags change with each commit. */
function taggedApp({ context = featureFlags(), own, stackTags }: Given): Stack {
  const app = new App({ context });
  const stack = new Stack(app, 'Stack', { tags: stackTags });
  Tags.of(app).add('commit', '4711');
  for (const id of ['First', 'Second']) ownTags(new batch.CfnSchedulingPolicy(stack, id, {}), own);
  return stack;
}

const warnings = (stack: Stack): number =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-batch-platform:compute-stack-tags')).length;

describe('tags of a resource that is replaced when they change', () => {
  test('are not those of the app', () => {
    const policies = Template.fromStack(taggedApp({})).findResources('AWS::Batch::SchedulingPolicy');
    expect(
      Object.values(policies).map(({ Properties }: { Properties?: { Tags?: unknown } }) => Properties?.Tags),
    ).toEqual([undefined, undefined]);
  });

  test('are those of its own props, and no others', () => {
    Template.fromStack(taggedApp({ own: { team: 'climate' } })).allResourcesProperties('AWS::Batch::SchedulingPolicy', {
      Tags: Match.objectEquals({ team: 'climate' }),
    });
  });
});

describe('tags of the stack, which CloudFormation hands on', () => {
  test.each([
    ['given to the stack', { stackTags: { commit: '4711' } }],
    ['given to the app, without the flag that keeps them from stacks', { context: {} }],
  ])('warns once of those %s: compute-stack-tags', (_, given) => {
    expect(warnings(taggedApp(given))).toBe(1);
  });

  test('there are none with the flags of cdk init, and nothing to warn of', () => {
    expect(warnings(taggedApp({}))).toBe(0);
  });
});
