import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { BatchPlatform, JobLogging, PlatformCapability, SubmissionGateway } from '../../lib';
import { written } from '../support/policies';
import { jobOn, parametersOf, platformIn } from '../support/platforms';
import { statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';

const env = { account: '111122223333', region: 'us-east-1' };
const refTo = (path: string): unknown => expect.stringContaining(`batchplatformprod${path}`);
const valueOf = (path: string): unknown => ({ Ref: refTo(path) });
const roleIn = (stack: Stack, id = 'Role') =>
  new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const named = (stack: Stack, attributes = {}) => BatchPlatform.fromName(stack, 'Platform', 'prod', attributes);
const readBy = (stack: Stack): string[] =>
  Object.values(Template.fromStack(stack).findParameters('*'))
    .map(({ Default }) => String(Default))
    .filter((name) => name.startsWith('/batch-platform'))
    .sort();

describe('a team of a platform of another stack', () => {
  test('waits in the queue of the teams, and has the tag that names it', () => {
    const platform = named(newStack());
    const team = platform.team('film');
    expect(team).toBe(platform.team('film'));
    expect(team.queue).toBe(platform.queue('teams'));
    expect(team).toMatchObject({ teamName: 'film', queues: [platform.queue('teams')], tags: { team: 'prod/film' } });
  });

  test('has the queues and tags that are told', () => {
    const platform = named(newStack(), {
      queues: { genomics: { platformCapability: PlatformCapability.EC2, shared: true } },
      teams: { research: { queues: ['genomics', 'teams'], tags: { costCenter: '42', team: 'else' } } },
    });
    const team = platform.team('research');
    expect(team.queues).toEqual([platform.queue('genomics'), platform.queue('teams')]);
    expect(team.tags).toEqual({ costCenter: '42', team: 'prod/research' });
  });

  test.each([
    ['no queue', 'film', { teams: { film: { queues: [] } } }, `'queues' is empty: name at least one`],
    ['a name with a space', 'the film', {}, '[cdk-batch-platform:platform-name]'],
  ])('fails with %s', (_, name, attributes, message) => {
    expect(() => named(newStack(), attributes).team(name)).toThrow(message);
  });

  test('fails to wait in a queue that is not known', () => {
    const team = named(newStack(), { teams: { film: { queues: ['fair'] } } }).team('film');
    expect(() => team.queue).toThrow('[cdk-batch-platform:platform-queue-unknown]');
  });

  test('is read from the parameter store with each deployment, and only what is used of it', () => {
    const stack = newStack();
    const platform = named(stack);
    const { shareIdentifier, tags: submissionTags, logGroup, queue } = platform.team('film');
    const job = jobOn(stack, 'Job', queue, {
      shareIdentifier,
      submissionTags,
      logging: JobLogging.awsLogs({ logGroup }),
    });
    const gateway = new SubmissionGateway(stack, 'Gateway', { bucket: platform.bucket });
    gateway.addJob('job', job);
    expect(readBy(stack)).toEqual([
      '/batch-platform/prod/bucket',
      '/batch-platform/prod/key',
      '/batch-platform/prod/queues/teams',
      '/batch-platform/prod/teams/film/log-group',
      '/batch-platform/prod/teams/film/share-identifier',
    ]);
    const definitions = JSON.stringify(Template.fromStack(stack).findResources('AWS::Batch::JobDefinition'));
    expect(definitions).toMatch(/"awslogs-group":\{"Ref":"\w*batchplatformprodteamsfilmloggroup/);
  });

  test('may be whose jobs those of the platform are', () => {
    const platform = named(newStack(), {
      jobs: { render: { queue: 'teams', team: 'film', submissionTags: { kind: 'cut' } } },
    });
    const { shareIdentifier } = platform.team('film');
    expect(platform.job('render')).toMatchObject({
      shareIdentifier,
      submissionTags: { kind: 'cut', team: 'prod/film' },
    });
  });
});

describe('the permissions of a team of a platform of another stack', () => {
  test('to submit and to stop hold for its share and its tag', () => {
    const stack = newStack();
    const team = named(stack).team('film');
    team.grants.submit(roleIn(stack), jobOn(stack, 'Job', team.queue));
    team.grants.operate(roleIn(stack, 'Operator'));
    const submit = statementWith(stack, 'Role', 'batch:SubmitJob');
    expect(submit.Condition).toEqual({
      StringEquals: {
        'batch:ShareIdentifier': valueOf('teamsfilmshareidentifier'),
        'aws:RequestTag/team': 'prod/film',
      },
    });
    expect(JSON.stringify(submit.Resource)).toContain('batchplatformprodqueuesteams');
    expect(statementWith(stack, 'Operator', 'batch:TerminateJob').Condition).toEqual({
      StringEquals: { 'aws:ResourceTag/team': 'prod/film' },
    });
  });

  test('to read hold for its log', () => {
    const stack = newStack();
    named(stack).team('film').grants.read(roleIn(stack));
    const { Resource } = statementWith(stack, 'Role', 'logs:GetLogEvents');
    expect(JSON.stringify(Resource)).toMatch(/:log-group:",\{"Ref":"\w*batchplatformprodteamsfilmloggroup\w*"\},":\*"/);
  });

  test('to submit through the gateway hold for its alias, and nothing else', () => {
    const stack = newStack();
    named(stack).team('film').gateway.grants.invoke(roleIn(stack));
    expect(statementWith(stack, 'Role', 'lambda:InvokeFunction').Resource).toEqual(valueOf('teamsfilmgateway'));
    expect(readBy(stack)).toEqual(['/batch-platform/prod/teams/film/gateway']);
  });

  test('to submit through the gateway go to another account in the policy of the alias', () => {
    const stack = newStack({ env });
    named(stack).team('film').gateway.grants.invoke(new iam.AccountPrincipal('444455556666'));
    const [permission, ...others] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Permission'));
    expect(others).toEqual([]);
    expect(permission).toMatchObject({
      Properties: { FunctionName: valueOf('teamsfilmgateway'), Principal: '444455556666' },
    });
  });
});

test('what a team is refused at the gateway is counted by its alias, in the stack of the platform and elsewhere', () => {
  const stack = newStack();
  const platform = platformIn(stack);
  platform.addJob('count', jobOn(stack, 'Count', platform.queue('bulk')));
  const other = newStack();
  for (const { gateway } of [platform.addTeam('film'), named(other).team('film')]) {
    const { dimensions = {} } = gateway.submitFunction.metricErrors();
    expect(Object.keys(dimensions)).toEqual(['FunctionName', 'Resource']);
    const [name, resource] = Object.values(dimensions).map((value) => written(Stack.of(gateway).resolve(value)));
    expect(resource).toBe(`${name}:film`);
  }
});

describe('a team of a platform that was looked up', () => {
  const keyOf = (name: string): string => `ssm:account=111122223333:parameterName=${name}:region=us-east-1`;
  const lookedUp = () => {
    const stack = newStack({ env });
    const platform = platformIn(stack, { platformName: 'prod' });
    platform.addTeam('research', { shareIdentifier: 'r', tags: { costCenter: '42' } });
    platform.addTeam('film');
    const arn = (_: string, id: string): string => `arn:aws:batch:us-east-1:111122223333:any/${id}`;
    const values = Object.entries(parametersOf(stack)).map(
      ([name, value]) => [keyOf(name), written(value).replace(/\$\{(\w+)\.\w+\}/g, arn)] as const,
    );
    const app = new App({ context: Object.fromEntries(values) });
    return BatchPlatform.fromLookup(new Stack(app, 'App', { env }), 'Platform', 'prod');
  };

  test('is known with its share, tags and queues', () => {
    const platform = lookedUp();
    expect(platform.team('research')).toMatchObject({
      shareIdentifier: 'r',
      tags: { costCenter: '42', team: 'prod/research' },
      queues: [platform.queue('teams')],
    });
  });

  test('fails when there is none of its name', () => {
    expect(() => lookedUp().team('flim')).toThrow(
      `the platform 'prod' has no team 'flim': it has research, film; if it is new, run 'cdk context --clear' (in ` +
        `App/Platform) [cdk-batch-platform:platform-team-unknown]`,
    );
  });

  test('is there until it is looked up, whatever its name', () => {
    const platform = BatchPlatform.fromLookup(new Stack(new App(), 'App', { env }), 'Platform', 'prod');
    expect(platform.team('film')).toMatchObject({ tags: { team: 'prod/film' }, queues: [platform.queue('teams')] });
  });
});

test('queues of a platform of another stack may have any names', () => {
  const { EC2: platformCapability } = PlatformCapability;
  const platform = named(newStack(), { queues: { a: { platformCapability }, 'a-parts': { platformCapability } } });
  expect(platform.queue('a')).not.toBe(platform.queue('a-parts'));
});
