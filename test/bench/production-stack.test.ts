import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesInRegions } from '../../bench/lines';
import { OurProdBatch } from '../../bench/our-production-stack';
import { ROOT } from '../architecture/imports';
import { featureFlags } from '../support/stack';

const lines = (name: string): number => linesInRegions(join(ROOT, 'bench', name));

test('the platform that takes 477 lines on the L2 constructs takes at most 40', () => {
  expect(lines('l2-production-stack.ts')).toBe(477);
  expect(lines('our-production-stack.ts')).toBeLessThanOrEqual(40);
});

describe('the platform in 40 lines', () => {
  const app = new App({ context: featureFlags() });
  const stack = new OurProdBatch(app, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
  const template = Template.fromStack(stack);

  test.each([
    ['AWS::Batch::ComputeEnvironment', 5],
    ['AWS::Batch::JobQueue', 5],
    ['AWS::Batch::SchedulingPolicy', 1],
    ['AWS::Batch::JobDefinition', 1],
    ['AWS::EC2::LaunchTemplate', 3],
    ['AWS::EC2::VPCEndpoint', 11],
    ['AWS::StepFunctions::StateMachine', 1],
    ['AWS::Scheduler::Schedule', 1],
    ['AWS::Events::Rule', 1],
    ['AWS::KMS::Key', 1],
    ['AWS::ECR::Repository', 1],
  ])('has %s, %d times', (type, count) => {
    template.resourceCountIs(type, count);
  });

  test('divides each queue fairly, and limits how long a job blocks it', () => {
    template.allResourcesProperties('AWS::Batch::JobQueue', {
      SchedulingPolicyArn: Match.anyValue(),
      JobStateTimeLimitActions: Match.arrayWith([Match.objectLike({ Action: 'CANCEL' })]),
    });
  });

  test('deploys no custom resource', () => {
    expect(Object.keys(template.findResources('AWS::CloudFormation::CustomResource'))).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toContain('Custom::');
  });
});
