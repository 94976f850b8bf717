import { DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { definitionOf, placeOf } from '../kit/jobs';
import { queueFor, type TestQueue } from '../kit/queues';
import { stackOf } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const TARGETS = 'eventbridge/latest/userguide/eb-pipes-event-target.html';
const READING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

interface Wishes {
  readonly filter?: object;
  readonly state?: string;
  readonly source?: TestQueue;
}

/** A stack with a pipe that submits a job for each message of a queue. */
const pipeOf = async (target: Target, { filter, state, source }: Wishes = {}) => {
  const jobQueue = await placeOf(target);
  const JobDefinition = await definitionOf(target, 'true', { parameters: { key: 'none', id: 'none' } });
  const queue = source ?? (await queueFor(target, { VisibilityTimeout: '30' }));
  const Statement = [
    { Effect: 'Allow', Action: READING, Resource: queue.arn },
    { Effect: 'Allow', Action: 'batch:SubmitJob', Resource: '*' },
  ];
  const trust = { Effect: 'Allow', Principal: { Service: 'pipes.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const Properties = {
    ...{ RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Source: queue.arn, DesiredState: state },
    SourceParameters: {
      SqsQueueParameters: { BatchSize: 1 },
      FilterCriteria: { Filters: filter === undefined ? [] : [{ Pattern: JSON.stringify(filter) }] },
    },
    Target: `arn:aws:batch:${target.region}:${target.account}:job-queue/${jobQueue}`,
    TargetParameters: {
      BatchJobParameters: {
        ...{ JobDefinition, JobName: 'from-pipe', Parameters: { key: '$.body.key', id: '$.messageId' } },
        ContainerOverrides: { Environment: [{ Name: 'KEY', Value: '$.body.key' }] },
      },
    },
  };
  const templateOf = (DesiredState: string | undefined) => ({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
          Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }],
        },
      },
      Pipe: { Type: 'AWS::Pipes::Pipe', Properties: { ...Properties, DesiredState } },
    },
  });
  const stack = stackOf(target);
  const deploy = async (DesiredState: string | undefined): Promise<void> => {
    const more = { Capabilities: ['CAPABILITY_IAM' as const] };
    expect((await stack.deploy(templateOf(DesiredState), more)).StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  };
  await deploy(state);

  const { batch } = target.clients;
  const jobs = async () => {
    const filters = [{ name: 'JOB_NAME', values: ['from-pipe'] }];
    const { jobSummaryList = [] } = await batch.send(new ListJobsCommand({ jobQueue, filters }));
    if (jobSummaryList.length === 0) return [];
    const ids = jobSummaryList.map(({ jobId = '' }) => jobId);
    return (await batch.send(new DescribeJobsCommand({ jobs: ids }))).jobs ?? [];
  };
  const keys = async () => (await jobs()).map(({ parameters }) => parameters?.key).sort();
  return { queue, jobs, keys, deploy };
};

export const pipes = table('EventBridge Pipes', 'From queues to jobs', [
  {
    behaviour: 'a message becomes a job, with what is at paths of the message and of its body, and is deleted',
    source: TARGETS,
    test: async (target) => {
      const { queue, jobs } = await pipeOf(target);
      const { MessageId } = await queue.send('{"key": "a.txt"}');
      await target.eventually(async () => {
        const [job] = await jobs();
        expect(job).toMatchObject({ parameters: { key: 'a.txt', id: MessageId } });
        expect(job.container?.environment).toContainEqual({ name: 'KEY', value: 'a.txt' });
        expect((await queue.attributes()).ApproximateNumberOfMessagesNotVisible).toBe('0');
      });
    },
  },
  {
    behaviour: 'a message that matches no filter is deleted and becomes no job',
    source: 'eventbridge/latest/userguide/eb-pipes-event-filtering.html',
    test: async (target) => {
      const { queue, keys } = await pipeOf(target, { filter: { body: { key: [{ suffix: '.txt' }] } } });
      for (const key of ['a.log', 'b.txt', 'c']) await queue.send(JSON.stringify({ key }));
      await target.eventually(async () => {
        expect(await keys()).toEqual(['b.txt']);
        expect(await queue.attributes()).toMatchObject({
          ApproximateNumberOfMessages: '0',
          ApproximateNumberOfMessagesNotVisible: '0',
        });
      });
    },
  },
  {
    behaviour: 'a message that cannot become a job comes back, and goes to the dead-letter queue of its source',
    source: 'eventbridge/latest/userguide/eb-pipes-batching-concurrency.html',
    local: async (target) => {
      const dead = await queueFor(target);
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
      const source = await queueFor(target, { VisibilityTimeout: '30', RedrivePolicy });
      const { queue, keys } = await pipeOf(target, { source });
      await queue.send('no JSON');
      await queue.send('{"key": "good"}');
      await target.eventually(async () => {
        await target.endpoint.world.clock.advance(31_000);
        const [message] = await dead.receive();
        expect(message).toMatchObject({ Body: 'no JSON' });
      });
      expect(await keys()).toEqual(['good']);
    },
  },
  {
    behaviour: 'a stopped pipe leaves the messages in the queue, until it is started',
    source: 'eventbridge/latest/pipes-reference/API_UpdatePipe.html',
    test: async (target) => {
      const { queue, keys, deploy } = await pipeOf(target, { state: 'STOPPED' });
      await queue.send('{"key": "later"}');
      expect((await queue.attributes()).ApproximateNumberOfMessages).toBe('1');
      await deploy('RUNNING');
      await target.eventually(async () => {
        expect(await keys()).toEqual(['later']);
      });
    },
  },
]);
