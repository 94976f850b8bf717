import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { SubmissionGateway } from '../../lib';
import { jobOn, platformIn } from '../support/platforms';
import { statementsOf, statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';

describe('the jobs of a platform', () => {
  test('are submitted through a gateway that comes with the first one', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    expect(() => platform.gateway).toThrow(
      'there is no gateway yet, as the platform has no jobs: add one with addJob() (in Stack/Platform)',
    );
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);

    const other = newStack();
    const shared = platformIn(other);
    const job = jobOn(other, 'Render', shared.queue('bulk'));
    shared.addJob('render', job);
    shared.addJob('again', job);
    expect(shared.job('render')).toBe(job);
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    shared.grants.submit(role);
    Template.fromStack(other).resourceCountIs('AWS::Lambda::Function', 1);
    expect(statementWith(other, 'Role', 'lambda:InvokeFunction').Resource).toContainEqual({
      'Fn::GetAtt': [expect.stringMatching(/^PlatformGatewayFunction/), 'Arn'],
    });
  });

  test('may be submitted to all queues of the platform, later ones included', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    platform.addJob('render', jobOn(stack, 'Render', platform.queue('bulk')));
    platform.addQueue('nightly', { computeEnvironments: [platform.spot] });
    const allowed = JSON.stringify(statementsOf(stack, 'PlatformGatewayFunctionRole'));
    for (const queue of ['urgent', 'standard', 'bulk', 'fargate', 'nightly']) {
      expect(allowed).toContain(`PlatformQueues${queue}`);
    }
  });

  test.each([
    ['of a name that is taken', 'render', `there is a job 'render' already: choose another name`],
    ['without a name', '', 'the name of a job must be up to 128 letters'],
    ['of a name that is no part of a parameter', 'a job', '[cdk-batch-platform:platform-name]'],
  ])('fail %s', (_, name, message) => {
    const stack = newStack();
    const platform = platformIn(stack);
    const job = jobOn(stack, 'Render', platform.queue('bulk'));
    platform.addJob('render', job);
    expect(() => {
      platform.addJob(name, job);
    }).toThrow(message);
    expect(() => platform.job('bake')).toThrow(`there is no job 'bake': choose one of render, or add it with addJob()`);
  });

  test('fail in another stack of the app', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const platform = platformIn(stack);
    const job = jobOn(new Stack(app, 'Other'), 'Render', platform.queue('bulk'));
    expect(() => {
      platform.addJob('render', job);
    }).toThrow(
      `the job 'render' is defined in the stack Other, and each stack would need the other first: define it in the stack of ` +
        `the platform, or give your stack a SubmissionGateway of its own (in Stack/Platform)`,
    );
  });

  test('fail in a queue of another platform', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const other = platformIn(stack, { vpc: platform.vpc }, 'Other');
    expect(() => {
      platform.addJob('render', jobOn(stack, 'Render', other.queue('bulk')));
    }).toThrow(`the job 'render' waits in Stack/Other/Queues/bulk, which is no queue of the platform: use one of it`);
  });
});

test('a gateway does not take two queues of one name', () => {
  const platform = platformIn(newStack());
  const gateway = new SubmissionGateway(platform, 'Mine', { bucket: platform.bucket, queues: platform.queues });
  expect(() => {
    gateway.addQueue('bulk', platform.queue('bulk'));
  }).toThrow('there is a queue "bulk" already: choose another name (in Stack/Platform/Mine)');
});
