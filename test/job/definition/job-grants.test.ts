import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type IBatchJob, JobDefinitionGrants, PlatformCapability } from '../../../lib';
import { statementsOf } from '../../support/role-statements';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

let stack: Stack;
let role: iam.Role;

beforeEach(() => {
  stack = newStack();
  role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
});

const granted = (): unknown => statementsOf(stack, 'Role');
const arn = (...resource: unknown[]): unknown => [
  'arn:',
  { Ref: 'AWS::Partition' },
  ':batch:',
  { Ref: 'AWS::Region' },
  ':',
  { Ref: 'AWS::AccountId' },
  ...resource,
];

describe('submit', () => {
  test('covers the definition by name and with any revision', () => {
    const definition = new batch.CfnJobDefinition(stack, 'Definition', { type: 'container' });
    const name = {
      'Fn::Select': [
        0,
        {
          'Fn::Split': [
            ':',
            {
              'Fn::Select': [
                1,
                { 'Fn::Split': ['/', stack.resolve(definition.jobDefinitionRef.jobDefinitionArn) as unknown] },
              ],
            },
          ],
        },
      ],
    };
    JobDefinitionGrants.fromJobDefinition(definition).submit(role);
    expect(granted()).toEqual([
      {
        Action: 'batch:SubmitJob',
        Effect: 'Allow',
        Resource: [
          { 'Fn::Join': ['', arn(':job-definition/', name, ':*')] },
          { 'Fn::Join': ['', arn(':job-definition/', name)] },
        ],
      },
    ]);
  });

  test('covers any revision of a definition whose ARN names one', () => {
    const definition = batch.EcsJobDefinition.fromJobDefinitionArn(
      stack,
      'Known',
      'arn:aws:batch:eu-west-1:111122223333:job-definition/Known:7',
    );
    JobDefinitionGrants.fromJobDefinition(definition).submit(role);
    expect(granted()).toMatchObject([
      {
        Resource: [
          'arn:aws:batch:eu-west-1:111122223333:job-definition/Known',
          'arn:aws:batch:eu-west-1:111122223333:job-definition/Known:*',
        ],
      },
    ]);
  });
});

test('terminate covers jobs, which have no name before they exist', () => {
  const definition = new batch.CfnJobDefinition(stack, 'Definition', { type: 'container' });
  JobDefinitionGrants.fromJobDefinition(definition).terminate(role);
  expect(granted()).toEqual([
    {
      Action: ['batch:CancelJob', 'batch:TerminateJob'],
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', arn(':job/*')] },
    },
  ]);
});

test('describe takes no narrower resource', () => {
  const definition = new batch.CfnJobDefinition(stack, 'Definition', { type: 'container' });
  JobDefinitionGrants.fromJobDefinition(definition).describe(role);
  expect(granted()).toEqual([{ Action: ['batch:DescribeJobs', 'batch:ListJobs'], Effect: 'Allow', Resource: '*' }]);
});

describe('an imported job', () => {
  let job: IBatchJob;

  beforeEach(() => {
    const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
    job = BatchJob.fromBatchJobAttributes(stack, 'Imported', { jobDefinitionName: 'Elsewhere', queue });
  });

  test('is known by name and by an ARN without revision', () => {
    expect(job.jobDefinitionName).toBe('Elsewhere');
    expect(job.jobDefinitionRef.jobDefinitionArn).toBe(job.jobDefinitionArn);
    expect(stack.resolve(job.jobDefinitionArn)).toEqual({ 'Fn::Join': ['', arn(':job-definition/Elsewhere')] });
    expect(job.attemptTimeout).toBeUndefined();
  });

  test('can be submitted', () => {
    const grant = job.grants.submit(role);
    expect(grant.success).toBe(true);
    expect(granted()).toMatchObject([
      {
        Resource: [
          { 'Fn::Join': ['', arn(':job-definition/Elsewhere')] },
          { 'Fn::Join': ['', arn(':job-definition/Elsewhere:*')] },
        ],
      },
    ]);
  });

  test('warns of what its unknown role cannot be granted', () => {
    iam.Grant.addToPrincipal({ grantee: job, actions: ['s3:GetObject'], resourceArns: ['*'] });
    Annotations.fromStack(stack).hasWarning('/Stack/Imported', Match.stringLikeRegexp('s3:GetObject'));
  });

  test('passes grants on to its role', () => {
    const mine = BatchJob.fromBatchJobAttributes(stack, 'Mine', {
      jobDefinitionName: 'Mine',
      queue: job.queue,
      jobRole: role,
    });
    iam.Grant.addToPrincipal({ grantee: mine, actions: ['s3:GetObject'], resourceArns: ['*'] });
    expect(granted()).toEqual([{ Action: 's3:GetObject', Effect: 'Allow', Resource: '*' }]);
  });

  test('defines nothing', () => {
    Template.fromStack(stack).resourceCountIs('AWS::Batch::JobDefinition', 0);
  });
});
