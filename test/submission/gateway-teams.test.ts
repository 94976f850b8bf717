import { CfnParameter, Token, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, SubmissionGateway, SubmissionQuota } from '../../lib';
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
  const targets: unknown = JSON.parse(textOf(valueAt(variables(), SUBMIT_ENV.targets)));
  return valueAt(targets, 'teams');
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
    expect(valueAt(targets, 'sharedQueues')).toEqual(['known', 'Stack/Own']);
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

  test('to call as a team are granted in other stacks as well, by the ARN of its alias', () => {
    const arn = 'arn:aws:lambda:us-east-1:111122223333:function:submit:research';
    const submit = lambda.Function.fromFunctionArn(stack, 'Imported', arn);
    SubmissionGateway.fromSubmitFunction(stack, 'Research', submit).grants.invoke(role('Member'));
    expect(resources('Member')).toEqual([arn, `${arn}:$LATEST`]);
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
        /the name of a team is that of an alias, .* not digits alone, got ".*\(in Stack\/Gateway\/Teams\) \[cdk-batch-platform:pipeline-gateway-team\]/,
      );
    },
  );

  test('takes the longest name', () => {
    expect(() => gateway.addTeam('x'.repeat(128))).not.toThrow();
  });

  test.each([0, 1_000_000_001, 1.5])('refuses a quota of %d jobs [pipeline-gateway-quota]', (jobs) => {
    expect(() => gateway.addTeam('research', { quota: SubmissionQuota.perHour(jobs) })).toThrow(
      `'quota' must be a whole number of jobs from 1 to 1000000000, got ${jobs} (in Stack/Gateway/Teams)`,
    );
  });

  test('refuses tags that AWS Batch does not take', () => {
    expect(() => gateway.addTeam('research', { tags: { 'aws:x': '1' } })).toThrow('job-tags');
  });

  test('refuses two teams of one name, and a share identifier that AWS Batch does not take', () => {
    gateway.addTeam('research');
    expect(() => gateway.addTeam('research')).toThrow(`there is a team 'research' already: choose another name`);
    expect(() => gateway.addTeam('film', { shareIdentifier: 'f m' })).toThrow('pipeline-share-identifier');
  });

  test('refuses more teams than the environment of a function takes', () => {
    for (let index = 0; index < 50; index += 1) gateway.addTeam(`a-team-with-a-rather-long-name-${index}`);
    expect(() => Template.fromStack(stack)).toThrow(/the gateway has 1 jobs and 50 teams, more than fit into the 4096/);
  });
});
