import { CreateFunctionCommand, DeleteFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, DeleteTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { ListJobsCommand } from '@aws-sdk/client-batch';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { strToU8, zipSync } from 'fflate';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { definitionOf, placeOf } from '../kit/jobs';
import { runOf } from '../kit/machines';
import { deployed } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

// Sample projects of the AWS Step Functions Developer Guide: their states and fields, not our own.
const NOTIFY = 'step-functions/latest/dg/batch-job-notification.html';
const FAN_OUT = 'step-functions/latest/dg/sample-batch-fan-out.html';
const ERROR_HANDLING = 'step-functions/latest/dg/sample-batch-error-handling.html';
const WITH_LAMBDA = 'step-functions/latest/dg/batch-lambda.html';

const ALLOW = {
  Effect: 'Allow',
  Action: [
    ...['batch:SubmitJob', 'batch:DescribeJobs', 'batch:TerminateJob', 'sns:Publish', 'lambda:InvokeFunction'],
    ...['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
  ],
  Resource: '*',
};

/** A state machine and its role, deployed as a stack. */
const machineOf = async (target: Target, definition: object): Promise<string> => {
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const own = { PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: ALLOW } };
  const { Machine } = await deployed(target, {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: trust }, Policies: [own] },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: JSON.stringify(definition) },
    },
  });
  return Machine;
};

/** A topic, and what its subscriber gets. */
const topicOf = async ({ clients: { sns, sqs }, name, cleanup, eventually }: Target) => {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name('topic') }));
  cleanup(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name('queue') }));
  cleanup(() => sqs.send(new DeleteQueueCommand({ QueueUrl })));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = Attributes?.QueueArn;
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: Endpoint,
  };
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl,
      Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement }) },
    }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  );
  const next = () =>
    eventually(async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
      const body = Messages.at(0)?.Body;
      if (body === undefined) throw new Error('no message yet');
      return body;
    });
  return { TopicArn, next };
};

const functionOf = async (target: Target, source: string): Promise<string> => {
  const { lambda } = target.clients;
  const FunctionName = target.name('function');
  const Role = await makeRole(target, [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }], {
    Service: 'lambda.amazonaws.com',
  });
  const Code = { ZipFile: zipSync({ 'index.js': strToU8(source) }) };
  const create = { FunctionName, Role, Code, Runtime: 'nodejs22.x', Handler: 'index.handler' } as const;
  const { FunctionArn = '' } = await target.eventually(() => lambda.send(new CreateFunctionCommand(create)));
  target.cleanup(() => lambda.send(new DeleteFunctionCommand({ FunctionName })));
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 0.01 }, { FunctionName });
  return FunctionArn;
};

/** "Manage a batch job": a job, and a notification of how it ended. */
const notifying = (JobQueue: string, JobDefinition: string, TopicArn: string, more: object = {}) => ({
  StartAt: 'Submit Batch Job',
  TimeoutSeconds: 3600,
  States: {
    'Submit Batch Job': {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob.sync', Next: 'Notify Success' },
      Parameters: { JobName: 'BatchJobNotification', JobQueue, JobDefinition },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Notify Failure' }],
      ...more,
    },
    'Notify Success': {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true },
      Parameters: { Message: 'Batch job submitted through Step Functions succeeded', TopicArn },
    },
    'Notify Failure': {
      ...{ Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true },
      Parameters: { Message: 'Batch job submitted through Step Functions failed', TopicArn },
    },
  },
});

export const stateMachines = table('Published examples', 'State machines', [
  {
    behaviour: '"Manage a batch job" notifies of a job that succeeded',
    source: NOTIFY,
    test: async (target) => {
      const topic = await topicOf(target);
      const definition = notifying(await placeOf(target), await definitionOf(target, 'true'), topic.TopicArn);
      expect((await runOf(target, await machineOf(target, definition))).status).toBe('SUCCEEDED');
      expect(await topic.next()).toBe('Batch job submitted through Step Functions succeeded');
    },
  },
  {
    behaviour: '"Manage a batch job" notifies of a job that failed',
    source: NOTIFY,
    test: async (target) => {
      const topic = await topicOf(target);
      const definition = notifying(await placeOf(target), await definitionOf(target, 'exit 1'), topic.TopicArn);
      expect((await runOf(target, await machineOf(target, definition))).status).toBe('SUCCEEDED');
      expect(await topic.next()).toBe('Batch job submitted through Step Functions failed');
    },
  },
  {
    behaviour: '"AWS Batch with error handling" submits the job twice more, then notifies of the failure',
    source: ERROR_HANDLING,
    local: async (target) => {
      const topic = await topicOf(target);
      const jobQueue = await placeOf(target);
      const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 1.5 }];
      const failing = await definitionOf(target, 'exit 1');
      const stateMachineArn = await machineOf(target, notifying(jobQueue, failing, topic.TopicArn, { Retry }));
      const { sfn, batch } = target.clients;
      await sfn.send(new StartExecutionCommand({ stateMachineArn }));
      const failed = async () =>
        (await batch.send(new ListJobsCommand({ jobQueue, jobStatus: 'FAILED' }))).jobSummaryList?.length;
      for (const [count, seconds] of [
        [1, 30],
        [2, 45],
      ] as const) {
        await target.eventually(async () => {
          expect(await failed()).toBe(count);
        });
        // The wait begins when the state has heard of it.
        await new Promise((resolve) => setTimeout(resolve, 200));
        await target.endpoint.world.clock.advance((seconds - 5) * 1000);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await failed()).toBe(count);
        await target.endpoint.world.clock.advance(5000);
      }
      expect(await topic.next()).toBe('Batch job submitted through Step Functions failed');
      expect(await failed()).toBe(3);
    },
  },
  {
    behaviour: '"Fan out a batch job" submits a job for each number that a function made',
    source: FAN_OUT,
    test: async (target) => {
      const generate = await functionOf(target, 'exports.handler = async () => [1, 2, 3];');
      const JobQueue = await placeOf(target);
      const JobDefinition = await definitionOf(target, '[ -n "$BATCH_NUMBER" ]');
      const Parameters = {
        ...{ JobName: 'BatchJobFanOut', JobQueue, JobDefinition },
        ContainerOverrides: {
          Environment: [{ Name: 'BATCH_NUMBER', 'Value.$': "States.Format('{}', $.BatchNumber)" }],
        },
      };
      const definition = {
        StartAt: 'Generate batch job map',
        TimeoutSeconds: 3600,
        States: {
          'Generate batch job map': { Type: 'Task', Resource: generate, Next: 'Fan out batch jobs' },
          'Fan out batch jobs': {
            ...{ Type: 'Map', End: true, ItemsPath: '$', Parameters: { 'BatchNumber.$': '$$.Map.Item.Value' } },
            Iterator: {
              StartAt: 'Submit Batch Job',
              States: {
                'Submit Batch Job': {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::batch:submitJob.sync',
                  Parameters,
                  End: true,
                },
              },
            },
          },
        },
      };
      expect((await runOf(target, await machineOf(target, definition))).status).toBe('SUCCEEDED');
      const list = new ListJobsCommand({ jobQueue: JobQueue, jobStatus: 'SUCCEEDED' });
      expect((await target.clients.batch.send(list)).jobSummaryList).toHaveLength(3);
    },
  },
  {
    behaviour: '"AWS Batch with Lambda" hands what became of the job to a function',
    source: WITH_LAMBDA,
    test: async (target) => {
      const process = await functionOf(target, 'exports.handler = async (event) => ({ seen: event.Status });');
      const Parameters = {
        JobName: 'BatchJobLambda',
        JobQueue: await placeOf(target),
        JobDefinition: await definitionOf(target, 'true'),
      };
      const definition = {
        StartAt: 'Submit Batch Job',
        TimeoutSeconds: 3600,
        States: {
          'Submit Batch Job': {
            Type: 'Task',
            Resource: 'arn:aws:states:::batch:submitJob.sync',
            Parameters,
            Next: 'Process',
          },
          Process: { Type: 'Task', Resource: process, End: true },
        },
      };
      const execution = await runOf(target, await machineOf(target, definition));
      expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '{"seen":"SUCCEEDED"}' });
    },
  },
]);
