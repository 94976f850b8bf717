import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../../local/core/errors';
import type { Call } from '../../../local/core/service';
import { createEventsWorld, DEAD_LETTERS, put, putRule, QUEUE, ROLE, type EventsWorld } from './support';

const anyText: unknown = expect.any(String);
const uuid: unknown = expect.stringMatching(/^[\da-f-]{36}$/);
const seconds: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

let world: EventsWorld;
let answer: (call: Call) => void;
beforeEach(async () => {
  answer = () => undefined;
  world = await createEventsWorld((call) => {
    answer(call);
  });
});
afterEach(() => world.close());

const delivered = async (count = 1): Promise<readonly Call[]> => {
  await vi.waitFor(() => {
    expect(world.calls).toHaveLength(count);
  });
  return world.calls;
};

const bodyOf = (call: Call | undefined): unknown => JSON.parse(String(call?.input.MessageBody));

test('an event reaches the target whole, and PutEvents does not wait for it', async () => {
  await putRule(world, { Arn: QUEUE });
  const answered = await put(world, { key: 'a' });
  expect(world.calls).toEqual([]);
  const [call] = await delivered();
  expect(call).toMatchObject({
    operation: 'SendMessage',
    input: { QueueUrl: QUEUE },
    principal: { arn: 'events.amazonaws.com' },
  });
  expect(answered).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: anyText }] });
  expect(bodyOf(call)).toEqual({
    version: '0',
    id: uuid,
    'detail-type': 'Thing Done',
    source: 'app',
    account: '000000000000',
    time: seconds,
    region: 'us-east-1',
    resources: ['arn:aws:s3:::b'],
    detail: { key: 'a' },
  });
});

test.each([
  ['seconds since 1970', 1_500_000_000],
  ['a date', new Date(1_500_000_000_000)],
  ['text', '2017-07-14T02:40:00.000Z'],
])('the time of an event can be %s', async (_, Time) => {
  await putRule(world, { Arn: QUEUE });
  await world.run('events', 'PutEvents', { Entries: [{ Source: 'app', DetailType: 'x', Detail: '{}', Time }] });
  expect(bodyOf((await delivered())[0])).toMatchObject({ time: '2017-07-14T02:40:00Z' });
});

const JOB_QUEUE = 'arn:aws:batch:us-east-1:000000000000:job-queue/standard';

test.each([
  [
    'a state machine',
    { Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', RoleArn: ROLE, InputPath: '$.detail' },
    { service: 'states', operation: 'StartExecution', input: { input: '{"key":"a"}' }, principal: { arn: ROLE } },
  ],
  [
    'a function',
    { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', Input: '{"fixed":1}' },
    { service: 'lambda', operation: 'Invoke', input: { InvocationType: 'Event', Payload: Buffer.from('{"fixed":1}') } },
  ],
  [
    'a topic',
    { Arn: 'arn:aws:sns:us-east-1:000000000000:t', InputPath: '$.detail.key' },
    {
      service: 'sns',
      operation: 'Publish',
      input: { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Message: '"a"' },
    },
  ],
  [
    'a job queue',
    {
      Arn: JOB_QUEUE,
      RoleArn: ROLE,
      BatchParameters: {
        JobDefinition: 'd:1',
        JobName: 'j',
        ArrayProperties: { Size: 3 },
        RetryStrategy: { Attempts: 2 },
      },
      InputTransformer: {
        InputPathsMap: { key: '$.detail.key' },
        InputTemplate:
          '{"Parameters": {"Key": <key>}, "ContainerOverrides": {"Environment": [{"Name": "K", "Value": <key>}]}}',
      },
    },
    {
      service: 'batch',
      operation: 'SubmitJob',
      input: {
        jobQueue: JOB_QUEUE,
        jobDefinition: 'd:1',
        jobName: 'j',
        arrayProperties: { size: 3 },
        retryStrategy: { attempts: 2 },
        parameters: { Key: 'a' },
        containerOverrides: { environment: [{ name: 'K', value: 'a' }] },
      },
      principal: { arn: ROLE },
    },
  ],
])('an event reaches %s', async (_, target, expected) => {
  await putRule(world, target);
  await put(world, { key: 'a' });
  expect((await delivered())[0]).toMatchObject(expected);
});

test('an event reaches a log group', async () => {
  await putRule(world, {
    Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/all:*',
    InputPath: '$.detail',
  });
  await put(world, { key: 'a' });
  const [create, write] = await delivered(2);
  expect(create).toMatchObject({ operation: 'CreateLogStream', input: { logGroupName: '/aws/events/all' } });
  expect(write).toMatchObject({ operation: 'PutLogEvents', input: { logEvents: [{ message: '{"key":"a"}' }] } });
});

test('every target of every matching rule gets the event; others get nothing', async () => {
  await putRule(world, { Arn: QUEUE }, { Arn: QUEUE });
  const more = { any: '{"account": ["000000000000"]}', other: '{"source": ["other"]}' };
  for (const [Name, EventPattern] of Object.entries(more)) {
    await world.run('events', 'PutRule', { Name, EventPattern });
    await world.run('events', 'PutTargets', { Rule: Name, Targets: [{ Id: Name, Arn: `arn:aws:sqs:x:0:${Name}` }] });
  }
  await put(world);
  const calls = await delivered(3);
  expect(calls.map(({ input }) => input.QueueUrl)).toEqual([QUEUE, QUEUE, 'arn:aws:sqs:x:0:any']);
});

test('a disabled rule delivers nothing', async () => {
  await putRule(world, { Arn: QUEUE });
  await put(world);
  await world.run('events', 'DisableRule', { Name: 'rule' });
  await put(world);
  await world.run('events', 'EnableRule', { Name: 'rule' });
  await put(world, { last: true });
  const calls = await delivered(2);
  expect(bodyOf(calls[1])).toMatchObject({ detail: { last: true } });
});

test('entries fail one by one', async () => {
  await putRule(world, { Arn: QUEUE });
  const good = { Source: 'app', DetailType: 'x', Detail: '{}' };
  const answered = await world.run('events', 'PutEvents', {
    Entries: [{ ...good, Detail: '{' }, good, { ...good, Source: '' }, { ...good, Detail: '[]' }],
  });
  expect(answered).toMatchObject({
    FailedEntryCount: 3,
    Entries: [
      { ErrorCode: 'MalformedDetail' },
      { EventId: anyText },
      { ErrorCode: 'InvalidArgument' },
      { ErrorCode: 'MalformedDetail' },
    ],
  });
  await delivered(1);
});

describe('a target that fails', () => {
  const target = {
    Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    DeadLetterConfig: { Arn: DEAD_LETTERS },
    RetryPolicy: { MaximumRetryAttempts: 2 },
  };

  test.each([
    [new AwsError('AccessDeniedException', 'no', 403), 'NO_PERMISSIONS'],
    [new AwsError('ResourceNotFoundException', 'gone', 404), 'NO_RESOURCE'],
    [new AwsError('ValidationException', 'bad', 400), 'INVALID_PARAMETER'],
    [new TypeError('a bug'), 'INTERNAL_ERROR'],
  ])('for good with %s is not tried again', async (error, code) => {
    answer = ({ service }) => {
      if (service === 'lambda') throw error;
    };
    await putRule(world, target);
    await put(world);
    const calls = await delivered(2);
    expect(calls[1]?.input).toMatchObject({ MessageAttributes: { ERROR_CODE: { StringValue: code } } });
  });

  test('without a dead-letter queue is told to the person', async () => {
    answer = () => {
      throw new AwsError('QueueDoesNotExist', 'no such queue');
    };
    await putRule(world, { Arn: QUEUE });
    await put(world);
    await vi.waitFor(() => {
      expect(world.notes).toEqual([
        expect.stringMatching(/of rule rule did not reach .*inbox and is lost: no such queue$/),
      ]);
    });
  });
});

test('only services may put events of services', async () => {
  const EventPattern = '{"source": ["aws.s3"]}';
  await world.run('events', 'PutRule', { Name: 's3', EventPattern });
  await world.run('events', 'PutTargets', { Rule: 's3', Targets: [{ Id: 'a', Arn: QUEUE }] });
  expect(await put(world, {}, 'aws.s3')).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }],
  });
  const Entries = [{ Source: 'aws.s3', DetailType: 'Object Created', Detail: '{}' }];
  const principal = { arn: 's3.amazonaws.com' };
  await world.call({ service: 'events', operation: 'PutEvents', input: { Entries }, principal });
  expect(bodyOf((await delivered())[0])).toMatchObject({ source: 'aws.s3' });
});

test('events of a source that nobody listens to reach no target', async () => {
  await putRule(world, { Arn: QUEUE });
  const Entries = Array.from({ length: 10 }, () => ({ Source: 'other', DetailType: 'x', Detail: '{"a": 1}' }));
  for (let request = 0; request < 500; request += 1) await world.run('events', 'PutEvents', { Entries });
  await put(world, { last: true });
  expect(bodyOf((await delivered())[0])).toMatchObject({ detail: { last: true } });
});
