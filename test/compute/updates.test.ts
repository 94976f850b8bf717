import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { Ec2Capacity, type Ec2ComputeEnvironmentProps, OnDemandAllocationStrategy } from '../../lib';
import { newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';
import { environment, environmentTemplate } from './compute-environment';

const BEST_FIT = { capacity: Ec2Capacity.onDemand(OnDemandAllocationStrategy.BEST_FIT) };

const warnings = (define: (role: iam.IRole) => Partial<Ec2ComputeEnvironmentProps>): string[] => {
  const stack = newStack();
  environment(
    stack,
    define(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('batch.amazonaws.com') })),
  );
  return warningsOf(stack);
};

describe('changes of instances', () => {
  test('let jobs end first, or end them at once, or make a new compute environment', () => {
    const template = environmentTemplate(() => ({ terminateJobsOnUpdate: true, replaceComputeEnvironment: true }));
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ReplaceComputeEnvironment: true,
      UpdatePolicy: { TerminateJobsOnUpdate: true, JobExecutionTimeoutMinutes: 30 },
    });
  });

  test('warns that BEST_FIT makes them fail (compute-best-fit)', () => {
    expect(warnings(() => BEST_FIT)).toEqual([
      'with BEST_FIT AWS Batch cannot replace instances, and later changes of instance types, images or launch templates ' +
        "fail: use BEST_FIT_PROGRESSIVE, or set 'replaceComputeEnvironment' [ack: cdk-batch-platform:compute-best-fit]",
    ]);
  });

  test('warns that a service role makes them fail (compute-service-role)', () => {
    expect(warnings((serviceRole) => ({ serviceRole }))).toEqual([
      'AWS Batch replaces instances by its service-linked role only, and later changes of instance types, images or launch ' +
        "templates fail: leave 'serviceRole' out, or set 'replaceComputeEnvironment' " +
        '[ack: cdk-batch-platform:compute-service-role]',
    ]);
  });

  test('warns of neither when a new compute environment is made', () => {
    expect(warnings((serviceRole) => ({ ...BEST_FIT, serviceRole, replaceComputeEnvironment: true }))).toEqual([]);
  });

  test.each([
    [Duration.seconds(30), 0.5],
    [Duration.minutes(7_201), 7_201],
  ])('refuses to wait %s for jobs (compute-update-timeout)', (updateTimeout, minutes) => {
    expect(() => environment(newStack(), { updateTimeout })).toThrow(
      `'updateTimeout' must be a whole number of minutes from 1 to 7200, got ${minutes} (in Stack/Environment) ` +
        '[cdk-batch-platform:compute-update-timeout]',
    );
  });

  test('may wait for a time that is known at deploy time only', () => {
    const template = environmentTemplate((stack) => ({
      updateTimeout: Duration.minutes(new CfnParameter(stack, 'Wait', { type: 'Number' }).valueAsNumber),
    }));
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      UpdatePolicy: { JobExecutionTimeoutMinutes: { Ref: 'Wait' } },
    });
  });
});

test('a service role of the user goes after the compute environment that it acts for', () => {
  const template = environmentTemplate((stack) => ({
    serviceRole: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('batch.amazonaws.com') }),
  }));
  const [resource] = Object.values(template.findResources('AWS::Batch::ComputeEnvironment'));
  expect(resource.DependsOn).toContainEqual(expect.stringMatching(/^Role/));
  template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
    ServiceRole: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Role'), 'Arn'] },
  });
});
