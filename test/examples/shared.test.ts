import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { AppStack } from '../../examples/shared/app-stack';
import { PlatformStack } from '../../examples/shared/platform-stack';
import { wildcards } from '../support/least-privilege';
import { featureFlags } from '../support/stack';

describe('the stacks of a platform team and of one that uses the platform', () => {
  const app = new App({ context: featureFlags() });
  const stacks = [new PlatformStack(app, 'SharedPlatform', { maxvCpus: 64 }), new AppStack(app, 'SharedApp')];

  test.each(stacks)('do not hold each other: %s', (stack) => {
    const template = Template.fromStack(stack);
    expect(Object.values(template.findOutputs('*')).filter((output) => 'Export' in output)).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput/);
    expect(stack.dependencies).toEqual([]);
  });

  test.each(stacks)('have nothing to warn of, and no wildcard: %s', (stack) => {
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });

  test('keep what the app stores encrypted with the key of the platform', () => {
    const template = Template.fromStack(stacks[1]);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { KMSMasterKeyId: { Ref: Match.stringLikeRegexp('batchplatformsharedkey') } },
    });
  });
});
