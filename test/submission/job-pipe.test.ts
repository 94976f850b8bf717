import { Size, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { JobPipe, type JobPipeProps, JobSize, PlatformCapability } from '../../lib';
import { wildcards } from '../support/least-privilege';
import { ONE_CONTAINER, PlainJob } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { statementsOf } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable, textOf } from '../support/state-machine';

let stack: Stack;
let queue: PlainQueue;
let job: PlainJob;
let source: sqs.Queue;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
  job = new PlainJob(stack, 'Thumbnail', queue, ONE_CONTAINER);
  source = new sqs.Queue(stack, 'Orders');
});

const pipe = (props: Partial<JobPipeProps> = {}): JobPipe => new JobPipe(stack, 'Pipe', { job, source, ...props });
const text = (token: string): string => textOf(stack.resolve(token));

function properties(): unknown {
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::Pipes::Pipe'));
  return readable(resource.Properties);
}

test('submits the latest revision to the queue of the job for each message', () => {
  const { role } = pipe();
  expect(properties()).toEqual({
    RoleArn: text(role.roleArn),
    Source: text(source.queueArn),
    SourceParameters: { SqsQueueParameters: { BatchSize: 1 } },
    Target: text(queue.jobQueueArn),
    TargetParameters: {
      BatchJobParameters: { JobDefinition: text(job.jobDefinitionName), JobName: 'Thumbnail' },
    },
  });
});

test('renders all options, and parts of the message', () => {
  pipe({
    jobName: 'thumbnail',
    arraySize: 2,
    attempts: 2,
    parameters: { key: '$.body.key' },
    command: ['run', 'Ref::key'],
    environment: { MESSAGE: '$.messageId' },
    size: JobSize.of(1, Size.gibibytes(1)),
    filters: ['{"body":{"kind":["image"]}}'],
  });
  expect(properties()).toMatchObject({
    SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["image"]}}' }] } },
    TargetParameters: {
      BatchJobParameters: {
        JobName: 'thumbnail',
        ArrayProperties: { Size: 2 },
        RetryStrategy: { Attempts: 2 },
        Parameters: { key: '$.body.key' },
        ContainerOverrides: {
          Command: ['run', 'Ref::key'],
          Environment: [{ Name: 'MESSAGE', Value: '$.messageId' }],
          ResourceRequirements: [
            { Type: 'VCPU', Value: '1' },
            { Type: 'MEMORY', Value: '1024' },
          ],
        },
      },
    },
  });
});

describe('the role', () => {
  test('may read these messages and submit this job, any revision of it, to this queue', () => {
    pipe();
    const allowed = statementsOf(stack, 'PipeRole').map(({ Action, Resource }) => readable({ Action, Resource }));
    expect(allowed).toEqual([
      {
        Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: text(source.queueArn),
      },
      {
        Action: 'batch:SubmitJob',
        Resource: [
          text(queue.jobQueueArn),
          expect.stringMatching(/:job-definition\/[^*]*:\*$/),
          expect.stringMatching(/:job-definition\/[^*]*$/),
        ],
      },
    ]);
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });

  test('is there before the pipe, with its policy', () => {
    pipe();
    Template.fromStack(stack).hasResource('AWS::Pipes::Pipe', {
      DependsOn: ['PipeRoleDefaultPolicy56E6A74D', 'PipeRole7D4AFC73'],
    });
  });

  test('may be one of the user', () => {
    const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com') });
    expect(pipe({ role }).role).toBe(role);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  });
});

test('refuses a queue with a scheduling policy, as pipes name no share identifier', () => {
  expect(() => pipe({ queue: sharedQueue(stack, 'Shared') })).toThrow(
    /which a pipe cannot name: .* \(in Stack\/Pipe\) \[cdk-batch-platform:pipeline-share-missing\]/,
  );
});
