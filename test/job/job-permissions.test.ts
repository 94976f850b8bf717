import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type BatchJobProps, PlatformCapability } from '../../lib';
import { statementsOf, statementWith } from '../support/role-statements';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

const image = ecs.ContainerImage.fromRegistry('busybox');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<BatchJobProps> = {}): BatchJob {
  return new BatchJob(stack, 'Job', { image, queue: new PlainQueue(stack, 'Queue', PlatformCapability.EC2), ...props });
}

const resolve = (value: unknown): unknown => stack.resolve(value);
const JOB_ROLE = 'JobJobRole';
const EXECUTION_ROLE = 'JobExecutionRole';

test('the code may do nothing, ECS may write the log', () => {
  const { logGroup } = job();
  expect(statementsOf(stack, JOB_ROLE)).toEqual([]);
  expect(statementsOf(stack, EXECUTION_ROLE)).toEqual([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: resolve(logGroup.logGroupArn) },
  ]);
});

describe('buckets', () => {
  test('that the code reads', () => {
    const bucket = new s3.Bucket(stack, 'Data');
    job({ reads: [bucket] });
    expect(statementsOf(stack, JOB_ROLE)).toEqual([
      {
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Effect: 'Allow',
        Resource: resolve(bucket.arnForObjects('*')),
      },
      { Action: 's3:ListBucket', Effect: 'Allow', Resource: resolve(bucket.bucketArn) },
    ]);
  });

  test('that the code writes to', () => {
    const bucket = new s3.Bucket(stack, 'Data');
    job({ writes: [bucket] });
    expect(statementsOf(stack, JOB_ROLE)).toEqual([
      {
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Effect: 'Allow',
        Resource: resolve(bucket.arnForObjects('*')),
      },
    ]);
  });

  test.each([
    { access: 'reads', actions: 'kms:Decrypt' },
    { access: 'writes', actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  ])('with a key: $access needs $actions', ({ access, actions }) => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = new s3.Bucket(stack, 'Data', { encryption: s3.BucketEncryption.KMS, encryptionKey });
    job({ [access]: [bucket] });
    expect(statementsOf(stack, JOB_ROLE)).toContainEqual({
      Action: actions,
      Effect: 'Allow',
      Resource: resolve(encryptionKey.keyArn),
    });
  });
});

describe('secrets', () => {
  test('are read by ECS, not by the code', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', {
      parameterName: '/a/token',
    });
    job({
      secrets: {
        PASSWORD: batch.Secret.fromSecretsManager(secret, 'password'),
        TOKEN: batch.Secret.fromSsmParameter(parameter),
      },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
      ContainerProperties: {
        Secrets: [
          { Name: 'PASSWORD', ValueFrom: resolve(`${secret.secretArn}:password::`) },
          { Name: 'TOKEN', ValueFrom: resolve(parameter.parameterArn) },
        ],
      },
    });
    expect(statementsOf(stack, JOB_ROLE)).toEqual([]);
    expect(statementWith(stack, EXECUTION_ROLE, 'secretsmanager:GetSecretValue').Resource).toEqual(
      resolve(secret.secretArn),
    );
    expect(statementWith(stack, EXECUTION_ROLE, 'ssm:GetParameters').Resource).toEqual(resolve(parameter.parameterArn));
  });
});

describe('images', () => {
  test('of ECR may be pulled', () => {
    const repository = new ecr.Repository(stack, 'Repository');
    job({ image: ecs.ContainerImage.fromEcrRepository(repository, 'v1') });
    expect(statementWith(stack, EXECUTION_ROLE, 'ecr:BatchGetImage').Resource).toEqual(
      resolve(repository.repositoryArn),
    );
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
      ContainerProperties: { Image: resolve(repository.repositoryUriForTag('v1')) },
    });
  });

  test('of a private registry are pulled with its credentials', () => {
    const credentials = new secretsmanager.Secret(stack, 'Credentials');
    job({ image: ecs.ContainerImage.fromRegistry('example.com/private', { credentials }) });
    expect(statementWith(stack, EXECUTION_ROLE, 'secretsmanager:GetSecretValue').Resource).toEqual(
      resolve(credentials.secretArn),
    );
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
      ContainerProperties: {
        Image: 'example.com/private',
        RepositoryCredentials: { CredentialsParameter: resolve(credentials.secretArn) },
      },
    });
  });

  test('built from a folder are an asset that may be pulled', () => {
    job({ image: ecs.ContainerImage.fromAsset(__dirname, { file: 'job-permissions.test.ts' }) });
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
      ContainerProperties: { Image: { 'Fn::Sub': Match.stringLikeRegexp('container-assets') } },
    });
    expect(statementWith(stack, EXECUTION_ROLE, 'ecr:BatchGetImage')).toBeDefined();
  });

  test('leave no ECS task definition behind', () => {
    job();
    Template.fromStack(stack).resourceCountIs('AWS::ECS::TaskDefinition', 0);
  });
});
