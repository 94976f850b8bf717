import { CfnParameter, Token, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, SubmissionGateway, SubmissionQuota } from '../../lib';
import { targetsOf } from '../../lambda/submit/targets';
import { SUBMIT_ENV } from '../../lib/contracts/submission';
import { wildcards } from '../support/least-privilege';
import { propertiesOf, resourcesOf } from '../support/policies';
import { statementsOf, statementWith } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable, textOf, valueAt } from '../support/state-machine';

const ROLE = 'GatewayFunctionRole';

let stack: Stack;
let gateway: SubmissionGateway;

beforeEach(() => {
  stack = newStack({ env: { account: '111122223333', region: 'us-east-1' } });
  const bucket = new s3.Bucket(stack, 'Data', { encryptionKey: new kms.Key(stack, 'Key') });
  gateway = new SubmissionGateway(stack, 'Gateway', { bucket });
  gateway.addJob('delays', job('Delays'));
});

const job = (id: string, submissionTags?: Record<string, string>): BatchJob =>
  new BatchJob(stack, id, {
    image: ecs.ContainerImage.fromRegistry('busybox'),
    queue: sharedQueue(stack, `${id}Queue`),
    submissionTags,
  });
const role = (id: string) => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
const variables = (): unknown => {
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return valueAt(functions[0], 'Properties', 'Environment', 'Variables');
};
const teams = (): unknown => {
  return targetsOf(textOf(valueAt(variables(), SUBMIT_ENV.targets))).teams;
};

describe('a team of a gateway', () => {
  test('calls it by an alias of its own, which runs the code that everybody runs', () => {
    gateway.addTeam('research');
    const { FunctionName, ...alias } = propertiesOf(
      [...resourcesOf(Template.fromStack(stack).toJSON()).values()].find(({ Type }) => Type === 'AWS::Lambda::Alias') ??
        {},
    );
    expect(alias).toEqual({ Name: 'research', FunctionVersion: '$LATEST' });
    expect(FunctionName).toEqual(stack.resolve(gateway.submitFunction.functionName));
  });

  test('has queues of the gateway, by their names, and brings others', () => {
    const [known, own] = [sharedQueue(stack, 'Known'), sharedQueue(stack, 'Own')];
    gateway.addQueue('known', known);
    gateway.addTeam('research', { queues: [known, own] });
    expect(teams()).toMatchObject({ research: { queues: ['known', 'Stack/Own'] } });
    const targets: unknown = JSON.parse(textOf(valueAt(variables(), SUBMIT_ENV.targets)));
    expect(valueAt(targets, 'queues')).toMatchObject({ known: { shared: true }, 'Stack/Own': { shared: true } });
    expect(valueAt(targets, 'queues', 'Stack/Own', 'own')).toBeUndefined();
  });

  test('has at least one queue where it names any', () => {
    expect(() => gateway.addTeam('research', { queues: [] })).toThrow(
      `'queues' of the team 'research' is empty: name at least one, or leave it out`,
    );
  });

  test('has its share identifier, the tag `team` and its quota where the function reads them', () => {
    gateway.addTeam('research', { quota: SubmissionQuota.perDay(10_000) });
    gateway.addTeam('film', {
      shareIdentifier: 'f',
      tags: { costCenter: '42', team: 'shared/film' },
      quota: SubmissionQuota.perHour(20),
    });
    gateway.addTeam('guests');
    expect(teams()).toEqual({
      research: { shareIdentifier: 'research', tags: { team: 'research' }, quota: { jobs: 10_000, per: 'day' } },
      film: {
        shareIdentifier: 'f',
        tags: { team: 'shared/film', costCenter: '42' },
        quota: { jobs: 20, per: 'hour' },
      },
      guests: { shareIdentifier: 'guests', tags: { team: 'guests' } },
    });
  });

  test('may have a quota that is known at deployment', () => {
    const most = new CfnParameter(stack, 'Most', { type: 'Number' });
    gateway.addTeam('research', { quota: SubmissionQuota.perDay(most.valueAsNumber) });
    const Variables = { [SUBMIT_ENV.targets]: { 'Fn::Join': ['', Match.arrayWith([{ Ref: 'Most' }])] } };
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables } });
  });

  test('is known by nothing when there is none', () => {
    expect(teams()).toBeUndefined();
    expect(statementsOf(stack, ROLE).flatMap(({ Action }) => Action)).not.toContain('batch:TagResource');
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Alias', 0);
  });
});

describe('permissions', () => {
  const resources = (who: string) => readable([statementWith(stack, who, 'lambda:InvokeFunction').Resource].flat());

  test('to call as a team allow its alias, and to call the gateway allow no alias', () => {
    const research = gateway.addTeam('research');
    research.grants.invoke(role('Member'));
    gateway.grants.invoke(role('Anybody'));
    expect(resources('Member')).toEqual([expect.stringMatching(/^\${GatewayTeamsresearch\w*}$/)]);
    expect(resources('Anybody')).toEqual([
      expect.stringMatching(/^\${GatewayFunction\w*.Arn}$/),
      expect.stringMatching(/^\${GatewayFunction\w*.Arn}:\$LATEST$/),
    ]);
  });

  test('of another account to call as a team are in the policy of its alias', () => {
    gateway.addTeam('research').grants.invoke(new iam.AccountPrincipal('444455556666'));
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: Match.stringLikeRegexp('^GatewayTeamsresearch') },
      Principal: '444455556666',
    });
  });

  test('of the function cover tagging jobs as those of its teams, and none of anybody else', () => {
    gateway.addTeam('research');
    gateway.addJob('merge', job('Merge'));
    gateway.addTeam('film', { tags: { team: 'shared/film' } });
    const { Condition, Resource } = statementWith(stack, ROLE, 'batch:TagResource');
    const owners = ['research', 'shared/film'];
    expect(Condition).toEqual({
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
      StringEqualsIfExists: { 'aws:RequestTag/team': owners, 'aws:ResourceTag/team': owners },
    });
    expect(Resource).toHaveLength(5);
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });
});

describe('the tags of a job', () => {
  test('are told to the function, which may give them without any team', () => {
    const submissionTags = { costCenter: '42', stage: 'prod' };
    gateway.addJob('tagged', job('Tagged', submissionTags));
    const targets: unknown = JSON.parse(textOf(valueAt(variables(), SUBMIT_ENV.targets)));
    expect(valueAt(targets, 'jobs', 'tagged', 'tags')).toEqual(submissionTags);
    expect(valueAt(targets, 'jobs', 'delays', 'tags')).toBeUndefined();
    expect(statementWith(stack, ROLE, 'batch:TagResource').Condition).toEqual({
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['costCenter', 'stage'] },
    });
  });
});

describe('the table of quotas', () => {
  test('comes with the first quota, keeps no old counts, and is only counted in', () => {
    gateway.addTeam('research');
    gateway.addTeam('film', { quota: SubmissionQuota.perDay(1) });
    gateway.addTeam('guests', { quota: SubmissionQuota.perDay(1) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'team', KeyType: 'HASH' },
          { AttributeName: 'window', KeyType: 'RANGE' },
        ],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
    const actions = statementsOf(stack, ROLE).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith('dynamodb:'))).toEqual(['dynamodb:UpdateItem']);
    expect(valueAt(variables(), SUBMIT_ENV.quotas)).toBeDefined();
  });

  test('is not there without quotas', () => {
    gateway.addTeam('research');
    Template.fromStack(stack).resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(valueAt(variables(), SUBMIT_ENV.quotas)).toBeUndefined();
  });
});

describe('bad input', () => {
  test.each(['42', 'a b', 'a:b', '', 'x'.repeat(129), Token.asString({ Ref: 'Name' })])(
    'refuses the team %j, which is no alias [pipeline-gateway-team]',
    (name) => {
      expect(() => gateway.addTeam(name)).toThrow(
        /the name of a team is that of an alias, .* not digits alone, got ".*\(in Stack\/Gateway\) \[cdk-batch-platform:pipeline-gateway-team\]/,
      );
    },
  );

  test.each(['x'.repeat(128), 'Quotas', 'Function', 'Teams', 'Alias'])('takes the name %s', (name) => {
    expect(() => gateway.addTeam(name, { quota: SubmissionQuota.perDay(1) })).not.toThrow();
  });

  test.each([0, 1_000_000_001, 1.5])('refuses a quota of %d jobs [pipeline-gateway-quota]', (jobs) => {
    expect(() => gateway.addTeam('research', { quota: SubmissionQuota.perHour(jobs) })).toThrow(
      `'quota' must be a whole number of jobs from 1 to 1000000000, got ${jobs} (in Stack/Gateway)`,
    );
  });

  test('refuses tags that AWS Batch does not take', () => {
    expect(() => gateway.addTeam('research', { tags: { 'aws:x': '1' } })).toThrow('job-tags');
  });

  test.each([
    ['share identifier', 'f', { shareIdentifier: 'f' }],
    ["tag 'team'", 'shared/film', { tags: { team: 'shared/film' } }],
  ])('refuses two teams with one %s, on whatever queues', (what, value, options) => {
    gateway.addTeam('film', { shareIdentifier: 'f', tags: { team: 'shared/film' } });
    expect(() => gateway.addTeam('cut', { queues: [sharedQueue(stack, 'Own')], ...options })).toThrow(
      `the team 'film' has the ${what} '${value}' already: give each team its own (in Stack/Gateway)`,
    );
    expect(() => gateway.addTeam('cut')).not.toThrow();
  });

  test.each([
    [20, true],
    [21, false],
  ])('takes a job of 30 tags and a team of %d others: %s [job-tags]', (count, isTaken) => {
    const tags = (prefix: string, most: number) =>
      Object.fromEntries(Array.from({ length: most }, (_, index) => [`${prefix}${index}`, '']));
    gateway.addJob('tagged', job('Tagged', tags('a', 30)));
    gateway.addJob('theirs', job('Theirs', { ...tags('b', 48), team: 'film' }));
    gateway.addTeam('research', { tags: tags('c', count - 1) });
    const synthesis = () => Template.fromStack(stack);
    if (isTaken) expect(synthesis).not.toThrow();
    else {
      expect(synthesis).toThrow(
        /the job "tagged" has 51 tags when the team 'research' submits it, AWS Batch takes 50: .*Stack\/Gateway\) \[cdk-batch-platform:job-tags\]/,
      );
      expect(synthesis).not.toThrow(/theirs/);
    }
  });

  test('refuses two teams of one name, and a share identifier that AWS Batch does not take', () => {
    gateway.addTeam('research');
    expect(() => gateway.addTeam('research')).toThrow(`there is a team 'research' already: choose another name`);
    expect(() => gateway.addTeam('film', { shareIdentifier: 'f m' })).toThrow('pipeline-share-identifier');
  });
});
