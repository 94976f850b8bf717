import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { defineCompute } from '../../examples/showcase/compute';
import { defineJobs } from '../../examples/showcase/jobs';
import { defineSubmissions } from '../../examples/showcase/submissions';
import { defineTraining } from '../../examples/showcase/training';
import { BatchPlatform } from '../../lib';
import { newStack } from '../support/stack';

describe('the showcase', () => {
  const stack = newStack();
  const platform = new BatchPlatform(stack, 'Platform');
  defineSubmissions(stack, platform, defineJobs(stack, platform, defineCompute(stack, platform)));
  defineTraining(stack);
  const template = Template.fromStack(stack);

  test('has nothing to warn of', () => {
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test.each([
    'ComputeEnvironment',
    'JobQueue',
    'SchedulingPolicy',
    'JobDefinition',
    'ConsumableResource',
    'ServiceEnvironment',
    'QuotaShare',
  ])('defines AWS::Batch::%s', (type) => {
    expect(Object.keys(template.findResources(`AWS::Batch::${type}`)).length).toBeGreaterThan(0);
  });

  test.each(['EC2', 'SPOT', 'FARGATE', 'FARGATE_SPOT', 'ECS_MANAGED_INSTANCES'])('has compute of type %s', (Type) => {
    const found = template.findResources('AWS::Batch::ComputeEnvironment', {
      Properties: { ComputeResources: { Type } },
    });
    expect(Object.keys(found).length).toBeGreaterThan(0);
  });

  test.each(['ContainerProperties', 'EcsProperties', 'NodeProperties', 'EksProperties'])('has jobs with %s', (part) => {
    template.hasResourceProperties('AWS::Batch::JobDefinition', { [part]: Match.anyValue() });
  });

  test.each(['AWS::StepFunctions::StateMachine', 'AWS::Events::Rule', 'AWS::Scheduler::Schedule', 'AWS::Pipes::Pipe'])(
    'submits jobs by %s',
    (type) => {
      expect(Object.keys(template.findResources(type)).length).toBeGreaterThan(0);
    },
  );
});
