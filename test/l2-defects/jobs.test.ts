import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { expect, test } from 'vitest';
import {
  BatchJob,
  type BatchJobProps,
  EksJob,
  type IJobQueue,
  JobQueue,
  JobRetry,
  PlatformCapability,
} from '../../lib';
import { newStack } from '../support/stack';
import type { Stack } from 'aws-cdk-lib';

const JOB = 'AWS::Batch::JobDefinition';
const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');

const queueOf = (stack: Stack, platformCapability: PlatformCapability): IJobQueue =>
  JobQueue.fromJobQueueAttributes(stack, `Queue${platformCapability}`, {
    jobQueueArn: `arn:aws:batch:us-east-1:111111111111:job-queue/${platformCapability}`,
    platformCapability,
  });
const jobOn = (stack: Stack, props: Partial<BatchJobProps> = {}): BatchJob =>
  new BatchJob(stack, 'Job', { image, queue: queueOf(stack, PlatformCapability.EC2), ...props });

test('D7: credentials of a private registry reach the job definition, not only the execution role', () => {
  const stack = newStack();
  const credentials = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'registry');
  jobOn(stack, { image: ecs.ContainerImage.fromRegistry('registry.example.com/app', { credentials }) });
  const secret: unknown = stack.resolve(credentials.secretArn);
  Template.fromStack(stack).hasResourceProperties(JOB, {
    ContainerProperties: { RepositoryCredentials: { CredentialsParameter: secret } },
  });
});

test('D8: a pod takes an image from ECR', () => {
  const stack = newStack();
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'app');
  const fromEcr = ecs.ContainerImage.fromEcrRepository(repository, 'v1');
  new EksJob(stack, 'Job', { queue: queueOf(stack, PlatformCapability.EKS), containers: [{ image: fromEcr }] });
  const uri: unknown = stack.resolve(repository.repositoryUriForTag('v1'));
  Template.fromStack(stack).hasResourceProperties(JOB, {
    EksProperties: { PodProperties: { Containers: [{ Image: uri }] } },
  });
});

test('D9: the name of a job definition is a name, without ARN and revision, imported or not', () => {
  const stack = newStack();
  const pod = new EksJob(stack, 'Pod', { queue: queueOf(stack, PlatformCapability.EKS), containers: [{ image }] });
  const nameOf = (job: { readonly jobDefinitionName: string }): unknown => stack.resolve(job.jobDefinitionName);
  const arn: unknown = stack.resolve(pod.jobDefinitionArn);
  const name = { 'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::Select': [1, { 'Fn::Split': ['/', arn] }] }] }] };
  expect(nameOf(pod)).toEqual(name);
});

test('D10: who may submit a job may submit each revision of it, by name too, and may be let tag it', () => {
  const stack = newStack();
  const { grants } = jobOn(stack);
  const roleWith = (id: string): iam.Role => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
  const [submit, tag] = [grants.submit(roleWith('Submitter')), grants.tag(roleWith('Tagger'))].map((grant) => {
    return JSON.stringify(
      stack.resolve(grant.principalStatements.map((statement): unknown => statement.toStatementJson())),
    );
  });
  expect(submit).toContain('batch:SubmitJob');
  expect(submit).toContain(':job-definition/');
  expect(submit).toContain('":*"');
  expect(tag).toContain('batch:TagResource');
  expect(tag).toContain(':job/*');
});

test('D11: retry rules always come with the number of attempts that AWS Batch asks for', () => {
  const stack = newStack();
  jobOn(stack, { retry: JobRetry.of({ exitCode: 75 }) });
  Template.fromStack(stack).hasResourceProperties(JOB, {
    RetryStrategy: { Attempts: 3, EvaluateOnExit: Match.anyValue() },
  });
});
