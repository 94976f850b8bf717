import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { SubmissionGateway, SubmissionQuota, Team } from '../../lib';
import { SUBMIT_ENV } from '../../lib/contracts/submission';
import { jobOn, platformIn } from '../support/platforms';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { textOf, valueAt } from '../support/state-machine';

const teamsOf = (stack: ReturnType<typeof newStack>): unknown => {
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  const variable = valueAt(functions[0], 'Properties', 'Environment', 'Variables', SUBMIT_ENV.targets);
  const targets: unknown = JSON.parse(textOf(variable));
  return valueAt(targets, 'teams');
};

describe('the gateway of a team', () => {
  test('is that of the platform, by an alias that comes with its first job, and for later teams at once', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const research = platform.addTeam('research', { tags: { costCenter: '42' } });
    expect(() => research.gateway).toThrow(
      `the team has no gateway yet: add a job to its platform with addJob(), or name one as 'gateway' where there is no ` +
        `platform (in Stack/Platform/Teams/research)`,
    );
    platform.addJob('count', jobOn(stack, 'Count', research.queue));
    platform.addTeam('film');
    expect(research.gateway.submitFunction.functionArn).not.toBe(platform.gateway.submitFunction.functionArn);
    expect(teamsOf(stack)).toEqual({
      research: {
        queues: ['teams'],
        shareIdentifier: 'research',
        tags: { costCenter: '42', team: 'Stack-Platform/research' },
      },
      film: { queues: ['teams'], shareIdentifier: 'film', tags: { team: 'Stack-Platform/film' } },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', 2);
  });

  test('has the queues of the platform, those that come later as well', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    platform.addTeam('research');
    platform.addJob('count', jobOn(stack, 'Count', platform.queue('bulk')));
    platform.addGpuQueue();
    const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
    const variable = valueAt(functions[0], 'Properties', 'Environment', 'Variables', SUBMIT_ENV.targets);
    const targets: unknown = JSON.parse(textOf(variable));
    expect(valueAt(targets, 'queues', 'gpu')).toBeDefined();
    expect(valueAt(targets, 'queues', 'teams', 'shared')).toBe(true);
  });

  test('comes with a quota', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const research = platform.addTeam('research', { quota: SubmissionQuota.perDay(100) });
    platform.addJob('count', jobOn(stack, 'Count', research.queue));
    expect(teamsOf(stack)).toMatchObject({ research: { quota: { jobs: 100, per: 'day' } } });
  });

  test('is not there without a job, and a quota does no harm: there is nothing to limit', () => {
    const stack = newStack();
    platformIn(stack).addTeam('research', { quota: SubmissionQuota.perDay(100) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
  });

  test('of a team of no platform is one that it is given', () => {
    const stack = newStack();
    const { bucket } = platformIn(stack);
    const queues = [sharedQueue(stack, 'Fair')];
    const gateway = new SubmissionGateway(stack, 'Gateway', { bucket });
    const team = new Team(stack, 'Team', { teamName: 'research', queues, gateway });
    gateway.addJob('count', jobOn(stack, 'Count', queues[0]));
    expect(team.gateway.submitFunction.functionArn).not.toBe(gateway.submitFunction.functionArn);
    expect(teamsOf(stack)).toEqual({
      research: { queues: ['Stack/Fair'], shareIdentifier: 'research', tags: { team: 'research' } },
    });
  });

  test('is missing to a team that was given none', () => {
    const stack = newStack();
    const queues = [sharedQueue(stack, 'Fair')];
    const team = new Team(stack, 'Team', { teamName: 'research', queues });
    expect(() => team.gateway).toThrow('the team has no gateway yet');
    const quota = SubmissionQuota.perHour(1);
    expect(() => new Team(stack, 'Other', { teamName: 'other', queues, quota })).toThrow(
      `the team has no gateway to have a quota of: name it as 'gateway' (in Stack/Other)`,
    );
  });
});
