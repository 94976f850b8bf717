import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { FairShareSchedulingPolicy } from '../../lib';
import { jobOn, platformIn } from '../support/platforms';
import { statementWith } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
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
    expect(team.tags).toEqual({ costCenter: '42', team: 'Stack-Platform/research' });
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
    ['by its name, on the queue of the platform', 'c', {}, 'c'],
    ['on the queue of the platform', 'd', { shareIdentifier: 'c' }, 'c'],
    ['that contains it', 'd', { shareIdentifier: 'a*' }, 'a'],
  ])('fail with the share of another %s', (_, name, options, share) => {
    const platform = platformIn(newStack());
    const a = platform.addTeam('a');
    platform.addTeam('b', { queues: [a.queue], shareIdentifier: 'c' });
    const { shareIdentifier = name }: { shareIdentifier?: string } = options;
    expect(() => platform.addTeam(name, options)).toThrow(
      `has the share identifier '${share}' already: give the team '${name}' another 'shareIdentifier' than ` +
        `'${shareIdentifier}' (in Stack/Platform)`,
    );
  });

  test('fail with the share of another on any queue: each would submit the jobs of the other through the gateway', () => {
    const platform = platformIn(newStack());
    const fair = (name: string) =>
      platform.addQueue(name, {
        computeEnvironments: [platform.onDemand],
        schedulingPolicy: new FairShareSchedulingPolicy(platform, name),
      });
    platform.addTeam('research', { queues: [fair('one')] });
    for (const queues of [[fair('two')], undefined]) {
      expect(() => platform.addTeam('film', { queues, shareIdentifier: 'research' })).toThrow(
        `the team 'research' has the share identifier 'research' already: give the team 'film' another 'shareIdentifier'`,
      );
    }
  });

  test('fail in a queue that is none of the platform', () => {
    const stack = newStack();
    const queues = [sharedQueue(stack, 'Fair')];
    expect(() => platformIn(stack).addTeam('film', { queues })).toThrow(
      `the team 'film' waits in Stack/Fair, which is no queue of the platform: add it with addQueue(), or define a Team of ` +
        `its own (in Stack/Platform)`,
    );
  });

  test('are found by their names, which may be any', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    const names = ['Shares', 'Queue', 'Resource', 'Quotas', 'Gateway', 'Logs'];
    const teams = names.map((name) => platform.addTeam(name));
    platform.addJob('count', jobOn(platform, 'Count', platform.queue('teams')));
    expect(names.map((name) => platform.team(name))).toEqual(teams);
    expect(() => platform.team('film')).toThrow(
      `there is no team 'film': choose one of ${names.join(', ')}, or add it with addTeam() (in Stack/Platform)`,
    );
    expect(() => platformIn(newStack()).team('film')).toThrow('choose one of none yet');
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', names.length);
  });

  test.each([
    ['a name that is taken', 'research', {}, `there is a team 'research' already: choose another name`],
    [
      'a name of digits alone',
      '2026',
      {},
      'got "2026": add a letter (in Stack/Platform) [cdk-batch-platform:pipeline-gateway-team]',
    ],
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
      StringEquals: { 'batch:ShareIdentifier': 'research', 'aws:RequestTag/team': 'Stack-Platform/research' },
    });
    expect(JSON.stringify(submit.Resource)).toMatch(/PlatformQueuesteams.*Job.*:\*/);
    const tag = statementWith(stack, 'Role', 'batch:TagResource');
    expect(JSON.stringify(tag.Resource)).toContain(':job/*');
    expect(JSON.stringify(tag.Resource)).toMatch(/Job\w+.*:\*/);
    expect(tag.Condition).toEqual({
      StringEquals: { 'aws:RequestTag/team': 'Stack-Platform/research' },
      StringEqualsIfExists: { 'aws:ResourceTag/team': 'Stack-Platform/research' },
    });
  });

  test.each([
    ['of no job', [], `name the jobs that may be submitted`],
    ['by another account', ['job'], 'batch:SubmitJob cannot be granted to a principal of another account'],
  ])('to submit fail %s', (_, names, message) => {
    const stack = newStack({ env: { account: '111122223333', region: 'us-east-1' } });
    const team = platformIn(stack).addTeam('research');
    const jobs = names.map((name) => jobOn(stack, name, team.queue));
    const grantee = jobs.length === 0 ? roleIn(stack) : new iam.AccountPrincipal('444455556666');
    expect(() => team.grants.submit(grantee, ...jobs)).toThrow(message);
  });

  test.each(['operate', 'read'] as const)('to %s fail for another account', (permission) => {
    const team = platformIn(newStack()).addTeam('research');
    expect(() => team.grants[permission](new iam.AccountPrincipal('444455556666'))).toThrow(
      'cannot be granted to a principal of another account',
    );
  });

  test('to stop differ for teams of one name on two platforms', () => {
    const stack = newStack();
    const dev = platformIn(stack, { platformName: 'dev' });
    const prod = platformIn(stack, { platformName: 'prod', vpc: dev.vpc }, 'Prod');
    expect(dev.addTeam('research').tags).toEqual({ team: 'dev/research' });
    expect(prod.addTeam('research').tags).toEqual({ team: 'prod/research' });
  });

  test('to stop hold for jobs with its tag only', () => {
    const stack = newStack();
    platformIn(stack).addTeam('research').grants.operate(roleIn(stack));
    expect(statementWith(stack, 'Role', 'batch:TerminateJob')).toMatchObject({
      Action: ['batch:CancelJob', 'batch:TerminateJob'],
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'Stack-Platform/research' } },
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
