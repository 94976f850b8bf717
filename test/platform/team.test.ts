import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { FairShareSchedulingPolicy } from '../../lib';
import { jobOn, platformIn } from '../support/platforms';
import { statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';

const roleIn = (stack: ReturnType<typeof newStack>) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

describe('teams of a platform', () => {
  test('share a queue on Spot that comes with the first of them', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const [research, film] = [platform.addTeam('research', { weightFactor: 0.5 }), platform.addTeam('film')];
    expect(research.queue).toBe(platform.queue('teams'));
    expect(film.queue).toBe(research.queue);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Batch::SchedulingPolicy', {
      FairsharePolicy: {
        ShareDistribution: [{ ShareIdentifier: 'research', WeightFactor: 0.5 }, { ShareIdentifier: 'film' }],
      },
    });
    template.resourceCountIs('AWS::Batch::SchedulingPolicy', 1);
    template.resourceCountIs('AWS::Batch::ComputeEnvironment', 3);
  });

  test('have an encrypted log each, which expires, and tags for their costs', () => {
    const stack = newStack();
    const team = platformIn(stack).addTeam('research', { tags: { costCenter: '42' } });
    expect(team.tags).toEqual({ costCenter: '42', team: 'research' });
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 30,
      KmsKeyId: { 'Fn::GetAtt': ['PlatformKeyE2280810', 'Arn'] },
    });
  });

  test('may have queues with policies of their own', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Fair');
    const queue = platform.addQueue('fair', { computeEnvironments: [platform.onDemand], schedulingPolicy });
    expect(platform.addTeam('research', { queues: [queue], shareIdentifier: 'r' })).toMatchObject({
      queues: [queue],
      shareIdentifier: 'r',
    });
    expect(() => platform.queue('teams')).toThrow(`there is no queue 'teams'`);
    expect(() => platform.addTeam('film', { queues: [queue], weightFactor: 2 })).toThrow(
      `'weightFactor' of the team 'film' is for the queue 'teams': say it in the scheduling policies of 'queues'`,
    );
  });

  test('fail in a queue that serves its jobs in order', () => {
    const platform = platformIn(newStack());
    expect(() => platform.addTeam('research', { queues: [platform.queue('bulk')] })).toThrow(
      /Stack\/Platform\/Queues\/bulk has no scheduling policy.*\(in Stack\/Platform\/Teams\/research\) \[cdk-batch-platform:platform-team-queue\]/,
    );
    expect(() => platform.addTeam('film', { queues: [] })).toThrow(`'queues' is empty`);
  });

  test.each([
    ['a name that is taken', 'research', {}, `there is a team 'research' already: choose another name`],
    ['the share of another', 'film', { shareIdentifier: 'research' }, '[cdk-batch-platform:queue-share-collision]'],
    ['a name with a space', 'the film', {}, '[cdk-batch-platform:platform-name]'],
    ['a share with a space', 'film', { shareIdentifier: 'f m' }, '[cdk-batch-platform:pipeline-share-identifier]'],
  ])('fail with %s', (_, name, options, message) => {
    const platform = platformIn(newStack());
    platform.addTeam('research');
    expect(() => platform.addTeam(name, options)).toThrow(message);
  });
});

describe('the permissions of a team', () => {
  test('to submit hold for its share and its tag only', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const team = platform.addTeam('research');
    team.grants.submit(roleIn(stack), jobOn(stack, 'Job', team.queue));
    const submit = statementWith(stack, 'Role', 'batch:SubmitJob');
    expect(submit.Condition).toEqual({
      StringEquals: { 'batch:ShareIdentifier': 'research', 'aws:RequestTag/team': 'research' },
    });
    expect(JSON.stringify(submit.Resource)).toMatch(/PlatformQueuesteams.*Job.*:\*/);
    expect(statementWith(stack, 'Role', 'batch:TagResource').Condition).toEqual({
      StringEquals: { 'aws:RequestTag/team': 'research' },
      StringEqualsIfExists: { 'aws:ResourceTag/team': 'research' },
    });
  });

  test('to stop hold for jobs with its tag only', () => {
    const stack = newStack();
    platformIn(stack).addTeam('research').grants.operate(roleIn(stack));
    expect(statementWith(stack, 'Role', 'batch:TerminateJob')).toMatchObject({
      Action: ['batch:CancelJob', 'batch:TerminateJob'],
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'research' } },
    });
  });

  test('to read hold for its log and its queues, and for the list of all jobs', () => {
    const stack = newStack();
    platformIn(stack).addTeam('research').grants.read(roleIn(stack));
    expect(statementWith(stack, 'Role', 'batch:ListJobs').Resource).toBe('*');
    expect(JSON.stringify(statementWith(stack, 'Role', 'batch:GetJobQueueSnapshot'))).toContain('PlatformQueuesteams');
    expect(JSON.stringify(statementWith(stack, 'Role', 'logs:GetLogEvents'))).toContain('PlatformTeamsresearchLogs');
  });
});
