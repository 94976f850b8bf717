import {
  BatchClient,
  DescribeSchedulingPoliciesCommand,
  GetJobQueueSnapshotCommand,
  ListJobsByConsumableResourceCommand,
  ListTagsForResourceCommand,
  SubmitJobCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-batch';
import { CloudFormationClient, CreateChangeSetCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, PublishCommand, SNSClient, CreateTopicCommand } from '@aws-sdk/client-sns';
import { SQSClient, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import type { Input, Operation, Output } from '../../../local/core/service';
import { startFront, type TestFront } from './front';

let front: TestFront;
let inputs: Input[];

afterEach(() => front.close());

/** Starts a front whose operations answer as given, and remember what they were asked. */
const answering = async (service: string, answers: Readonly<Record<string, Output>>) => {
  inputs = [];
  const operations = Object.entries(answers).map(([name, output]): [string, Operation] => [
    name,
    (input) => {
      inputs.push(input);
      return output;
    },
  ]);
  front = await startFront(service, Object.fromEntries(operations));
  return front.options;
};

const failing = async (service: string, operation: string, error: Error) => {
  front = await startFront(service, {
    [operation]: () => {
      throw error;
    },
  });
  return front.options;
};

describe('JSON with a target', () => {
  test('dates are epoch seconds', async () => {
    const startDate = new Date('2026-11-20T10:11:12.345Z');
    const sfn = new SFNClient(await answering('states', { StartExecution: { executionArn: 'arn', startDate } }));
    const answer = await sfn.send(new StartExecutionCommand({ stateMachineArn: 'machine', input: '{"a":"ä"}' }));
    expect(answer).toMatchObject({ executionArn: 'arn', startDate });
    expect(inputs).toEqual([{ stateMachineArn: 'machine', input: '{"a":"ä"}' }]);
  });

  test('errors have their name, message and members', async () => {
    const error = new AwsError('ExecutionDoesNotExist', 'no such execution');
    const sfn = new SFNClient(await failing('states', 'DescribeExecution', error));
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn: 'arn' }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: 'no such execution',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('errors that speak the query dialect too keep their name', async () => {
    const error = new AwsError('QueueDoesNotExist', 'no such queue');
    const sqs = new SQSClient(await failing('sqs', 'GetQueueUrl', error));
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('an error inside the endpoint is a fault, and noted with its stack', async () => {
    const sfn = new SFNClient(await failing('states', 'DescribeExecution', new TypeError('oops')));
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn: 'arn' }))).rejects.toMatchObject({
      name: 'InternalFailure',
      $metadata: { httpStatusCode: 500 },
    });
    expect(front.notes.join()).toContain('TypeError: oops');
  });
});

describe('REST with JSON for Batch', () => {
  test('the path is the operation', async () => {
    const batch = new BatchClient(await answering('batch', { SubmitJob: { jobId: '1', jobName: 'n' } }));
    const input = { jobName: 'n', jobQueue: 'q', jobDefinition: 'd', arrayProperties: { size: 3 } };
    expect(await batch.send(new SubmitJobCommand(input))).toMatchObject({ jobId: '1', jobName: 'n' });
    expect(inputs).toEqual([input]);
  });

  test('tags go by the resource in the path', async () => {
    const resourceArn = 'arn:aws:batch:us-east-1:000000000000:job-queue/a b';
    const tags = { TagResource: {}, UntagResource: {}, ListTagsForResource: { tags: { a: '1' } } };
    const batch = new BatchClient(await answering('batch', tags));
    await batch.send(new TagResourceCommand({ resourceArn, tags: { a: '1' } }));
    await batch.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'b'] }));
    expect(await batch.send(new ListTagsForResourceCommand({ resourceArn }))).toMatchObject({ tags: { a: '1' } });
    expect(inputs).toEqual([{ resourceArn, tags: { a: '1' } }, { resourceArn, tagKeys: ['a', 'b'] }, { resourceArn }]);
  });

  test.each([
    [
      (batch: BatchClient) => batch.send(new DescribeSchedulingPoliciesCommand({ arns: ['1'] })),
      'batch:DescribeSchedulingPolicies (POST /v1/describeschedulingpolicies)',
    ],
    [
      (batch: BatchClient) => batch.send(new ListJobsByConsumableResourceCommand({ consumableResource: '1' })),
      'batch:ListJobsByConsumableResource (POST /v1/listjobsbyconsumableresource)',
    ],
    [
      (batch: BatchClient) => batch.send(new GetJobQueueSnapshotCommand({ jobQueue: '1' })),
      'batch:GetJobQueueSnapshot (POST /v1/getjobqueuesnapshot)',
    ],
  ])('refuses an operation that is not there by its name and path, case %#', async (send, expected) => {
    const refused = send(new BatchClient(await answering('batch', {})));
    await expect(refused).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(refused).rejects.toThrow(expected);
    expect(front.notes.join()).toContain('refused');
  });
});

describe('the query protocol', () => {
  test('lists of structures, empty lists and dates pass', async () => {
    const created = new Date('2026-11-20T10:11:12.000Z');
    const stack = { StackName: 's', StackStatus: 'CREATE_COMPLETE', CreationTime: created, Outputs: [], Tags: [] };
    const parameters = [{ ParameterKey: 'a', ParameterValue: '<&>"\'\r\n\u0001 ä' }];
    const answers = { DescribeStacks: { Stacks: [{ ...stack, Parameters: parameters }] } };
    const client = new CloudFormationClient(await answering('cloudformation', answers));
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 's' }));
    expect(Stacks).toEqual([{ ...stack, Parameters: parameters }]);
  });

  test('input lists come as lists, flags as text', async () => {
    const client = new CloudFormationClient(await answering('cloudformation', { CreateChangeSet: { Id: '1' } }));
    const Tags = Array.from({ length: 12 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await client.send(
      new CreateChangeSetCommand({
        StackName: 's.x',
        ChangeSetName: 'c',
        Capabilities: ['CAPABILITY_IAM'],
        IncludeNestedStacks: false,
        NotificationARNs: [],
        Tags,
      }),
    );
    expect(inputs).toEqual([
      {
        StackName: 's.x',
        ChangeSetName: 'c',
        Capabilities: ['CAPABILITY_IAM'],
        IncludeNestedStacks: 'false',
        NotificationARNs: '',
        Tags,
      },
    ]);
  });

  test('errors are read by their code', async () => {
    const error = new AwsError('ValidationError', 'Stack with id <s> does not exist');
    const client = new CloudFormationClient(await failing('cloudformation', 'DescribeStacks', error));
    await expect(client.send(new DescribeStacksCommand({ StackName: 's' }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id <s> does not exist',
    });
  });

  test('maps pass both ways', async () => {
    const Attributes = { TopicArn: 'arn', Policy: '{"a":"<"}' };
    const sns = new SNSClient(
      await answering('sns', {
        CreateTopic: { TopicArn: 'arn' },
        GetTopicAttributes: { Attributes },
        Publish: { MessageId: '1' },
      }),
    );
    await sns.send(new CreateTopicCommand({ Name: 't', Attributes: { DisplayName: 'd', KmsMasterKeyId: 'k' } }));
    const MessageAttributes = { 'a.b': { DataType: 'String', StringValue: 'x' } };
    await sns.send(new PublishCommand({ TopicArn: 'arn', Message: 'ä & b', MessageAttributes }));
    expect(await sns.send(new GetTopicAttributesCommand({ TopicArn: 'arn' }))).toMatchObject({ Attributes });
    expect(inputs).toEqual([
      { Name: 't', Attributes: { DisplayName: 'd', KmsMasterKeyId: 'k' } },
      { TopicArn: 'arn', Message: 'ä & b', MessageAttributes },
      { TopicArn: 'arn' },
    ]);
  });
});
