import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { ResultsTable } from '../../lib';
import { statementWith } from '../support/role-statements';
import { featureFlags } from '../support/stack';
import { statementsIn, synthesizedWarnings, warningsOf } from '../support/warnings';
import { pipelineStack } from './pipeline-stack';

const ACCOUNT = '444455556666';
const KEY = `arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000`;
const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const partner = new iam.AccountPrincipal(ACCOUNT);
const ofPartner = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:root`]] } };

describe('records of submissions', () => {
  test('are read by a role of the account, by its own policy', () => {
    const { stack, pipeline } = pipelineStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    pipeline().grants.readRecords(role);
    expect(statementWith(stack, 'Role', 'dynamodb:Query')).toMatchObject({ Action: READ });
    expect(statementWith(stack, 'Role', 'kms:Decrypt').Action).toEqual(['kms:Decrypt', 'kms:DescribeKey']);
    Template.fromStack(stack).hasResourceProperties('AWS::DynamoDB::Table', { ResourcePolicy: Match.absent() });
  });

  test('are read by another account, by the policies of the table and of its key', () => {
    const { stack, pipeline } = pipelineStack();
    pipeline().grants.readRecords(partner);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      ResourcePolicy: {
        PolicyDocument: { Statement: [{ Action: READ, Effect: 'Allow', Principal: ofPartner, Resource: '*' }] },
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          { Action: ['kms:Decrypt', 'kms:DescribeKey'], Effect: 'Allow', Principal: ofPartner, Resource: '*' },
        ]),
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are read by a role of another stack and account, whose own policy says so as well', () => {
    const app = new App({ context: featureFlags() });
    const inAccount = (id: string, account: string): Stack =>
      new Stack(app, id, { env: { account, region: 'us-east-1' } });
    const { stack, pipeline } = pipelineStack(inAccount('Stack', '111122223333'));
    const other = inAccount('Other', ACCOUNT);
    const role = new iam.Role(other, 'Reader', { roleName: 'reader', assumedBy: new iam.AccountRootPrincipal() });
    const encryptionKey = new kms.Key(stack, 'TableKey');
    const resultsTable = new dynamodb.Table(stack, 'Results', {
      tableName: 'results',
      partitionKey: { name: 'pipeline', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'submissionId', type: dynamodb.AttributeType.STRING },
      encryptionKey,
    });
    pipeline({ resultsTable }).grants.readRecords(role);
    const template = Template.fromStack(stack);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::KMS::Key']) {
      expect(JSON.stringify(template.findResources(type)), type).toContain(`:iam::${ACCOUNT}:role/reader`);
    }
    expect(JSON.stringify(statementWith(other, 'Reader', 'dynamodb:Query').Resource)).toContain('table/results');
    expect(statementWith(other, 'Reader', 'kms:Decrypt').Action).toEqual(['kms:Decrypt', 'kms:DescribeKey']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of a table with an imported key warn of what the policy of the key must have', () => {
    const { stack, pipeline } = pipelineStack();
    const key = kms.Key.fromKeyArn(stack, 'Imported', KEY);
    const resultsTable = new ResultsTable(stack, 'Results', { encryptionKey: key });
    pipeline({ resultsTable }).grants.readRecords(partner);
    const [warning] = synthesizedWarnings(stack);
    expect(warning).toContain('another account cannot decrypt what Stack/Results holds');
    const forPartner = statementsIn(warning).filter(({ Principal }) =>
      JSON.stringify(Principal).includes('444455556666'),
    );
    expect(forPartner.map(({ Action }) => Action)).toEqual([['kms:Decrypt', 'kms:DescribeKey']]);
  });

  test('of a table that is defined elsewhere fail for another account', () => {
    const { stack, pipeline } = pipelineStack();
    const resultsTable = dynamodb.Table.fromTableName(stack, 'Results', 'results');
    const { grants } = pipeline({ resultsTable });
    expect(() => grants.readRecords(partner)).toThrow(
      'the policy of a table of another stack cannot be changed: grant it where the table is defined, or to a role of ' +
        'this account that the principal may assume (in Stack/Flights)',
    );
    expect(() => grants.readRecords(new iam.Role(stack, 'Role', { assumedBy: partner }))).not.toThrow();
  });
});
