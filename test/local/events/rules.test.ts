import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventsWorld, putRule, QUEUE, type EventsWorld } from './support';

let world: EventsWorld;
beforeEach(async () => {
  world = await createEventsWorld();
});
afterEach(() => world.close());

const pattern = '{"source": ["app"]}';
const arn = 'arn:aws:events:us-east-1:000000000000:rule/rule';

test('a rule is described as it was put', async () => {
  const put = { Name: 'rule', EventPattern: pattern, Description: 'why', State: 'DISABLED', EventBusName: 'default' };
  expect(await world.run('events', 'PutRule', put)).toEqual({ RuleArn: arn });
  expect(await world.run('events', 'DescribeRule', { Name: 'rule' })).toMatchObject({ ...put, Arn: arn });
});

test('putting a rule again replaces it and keeps its targets', async () => {
  await putRule(world, { Arn: QUEUE });
  await world.run('events', 'PutRule', { Name: 'rule', EventPattern: '{"source": ["other"]}' });
  expect(await world.run('events', 'DescribeRule', { Name: 'rule' })).toMatchObject({
    EventPattern: '{"source": ["other"]}',
  });
  expect(await world.run('events', 'ListTargetsByRule', { Rule: 'rule' })).toMatchObject({
    Targets: [{ Id: 't0', Arn: QUEUE }],
  });
});

test('rules are listed by name, a page at a time', async () => {
  for (const Name of ['b1', 'a2', 'a1']) await world.run('events', 'PutRule', { Name, EventPattern: pattern });
  const first = await world.run('events', 'ListRules', { NamePrefix: 'a', Limit: 1 });
  expect(first).toMatchObject({ Rules: [{ Name: 'a1' }] });
  const second = await world.run('events', 'ListRules', { NamePrefix: 'a', Limit: 1, NextToken: first.NextToken });
  expect(second).toMatchObject({ Rules: [{ Name: 'a2' }], NextToken: undefined });
});

test('a rule can be disabled and enabled', async () => {
  await putRule(world);
  await world.run('events', 'DisableRule', { Name: 'rule' });
  expect(await world.run('events', 'DescribeRule', { Name: 'rule' })).toMatchObject({ State: 'DISABLED' });
  await world.run('events', 'EnableRule', { Name: 'rule' });
  expect(await world.run('events', 'DescribeRule', { Name: 'rule' })).toMatchObject({ State: 'ENABLED' });
});

test('targets are removed by id, and unknown ids are told', async () => {
  await putRule(world, { Arn: QUEUE }, { Arn: QUEUE });
  expect(await world.run('events', 'RemoveTargets', { Rule: 'rule', Ids: ['t0', 't9'] })).toMatchObject({
    FailedEntryCount: 1,
    FailedEntries: [{ TargetId: 't9' }],
  });
  expect(await world.run('events', 'ListTargetsByRule', { Rule: 'rule' })).toMatchObject({ Targets: [{ Id: 't1' }] });
});

test('rules have tags, which putting them again does not change', async () => {
  const ResourceARN = arn;
  await world.run('events', 'PutRule', { Name: 'rule', EventPattern: pattern, Tags: [{ Key: 'a', Value: '1' }] });
  await world.run('events', 'PutRule', { Name: 'rule', EventPattern: pattern });
  await world.run('events', 'TagResource', { ResourceARN, Tags: [{ Key: 'b', Value: '2' }] });
  await world.run('events', 'TagResource', { ResourceARN, Tags: [{ Key: 'c', Value: '3' }] });
  await world.run('events', 'UntagResource', { ResourceARN, TagKeys: ['b'] });
  expect(await world.run('events', 'ListTagsForResource', { ResourceARN })).toEqual({
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'c', Value: '3' },
    ],
  });
});

test('deleting a rule that is not there is fine', async () => {
  expect(await world.run('events', 'DeleteRule', { Name: 'rule' })).toEqual({});
});

test('a pattern can be tried on an event', async () => {
  const event = { id: '1', account: '0', source: 'app', time: 'now', region: 'x', resources: [], 'detail-type': 'y' };
  const run = (source: string) =>
    world.run('events', 'TestEventPattern', { EventPattern: pattern, Event: JSON.stringify({ ...event, source }) });
  expect(await run('app')).toEqual({ Result: true });
  expect(await run('other')).toEqual({ Result: false });
});

describe('refuses', () => {
  test.each([
    ['PutRule', { Name: 'a b', EventPattern: pattern }, 'ValidationException', "got 'a b'"],
    ['PutRule', { Name: 'a'.repeat(65), EventPattern: pattern }, 'ValidationException', '1 to 64'],
    ['PutRule', { Name: 'rule' }, 'ValidationException', 'EventPattern or ScheduleExpression must be specified'],
    [
      'PutRule',
      { Name: 'rule', EventPattern: '{"source": "app"}' },
      'InvalidEventPatternException',
      'Reason: "source" must be',
    ],
    ['PutRule', { Name: 'rule', EventPattern: pattern, State: 'SLEEPING' }, 'NotImplemented', "'SLEEPING'"],
    [
      'PutRule',
      { Name: 'rule', EventPattern: pattern, EventBusName: 'mine' },
      'NotImplemented',
      "the event bus 'mine'",
    ],
    [
      'PutRule',
      { Name: 'rule', ScheduleExpression: 'at(noon)' },
      'ValidationException',
      'must be rate(...) or cron(...)',
    ],
    ['PutEvents', { Entries: [{ EventBusName: 'mine' }] }, 'NotImplemented', "the event bus 'mine'"],
    ['PutEvents', { Entries: [] }, 'ValidationException', '1 to 10 members, got 0'],
    ['PutEvents', { Entries: Array.from({ length: 11 }, () => ({})) }, 'ValidationException', 'got 11'],
    ['DescribeRule', { Name: 'none' }, 'ResourceNotFoundException', 'Rule none does not exist on EventBus default.'],
    ['EnableRule', { Name: 'none' }, 'ResourceNotFoundException', 'Rule none'],
    ['PutTargets', { Rule: 'none', Targets: [] }, 'ResourceNotFoundException', 'Rule none'],
    ['ListRules', { Limit: 101 }, 'ValidationException', '1 to 100'],
    ['TestEventPattern', { EventPattern: pattern, Event: '{}' }, 'ValidationException', 'it has no id, account'],
  ])('%s of %j', async (operation, input, name, message) => {
    const answer = world.run('events', operation, input);
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toMatchObject({ name });
  });

  test('to delete a rule that has targets', async () => {
    await putRule(world, { Arn: QUEUE });
    await expect(world.run('events', 'DeleteRule', { Name: 'rule' })).rejects.toThrow(
      "can't be deleted since it has targets",
    );
  });

  test('a sixth target', async () => {
    const targets = Array.from({ length: 6 }, () => ({ Arn: QUEUE }));
    await expect(putRule(world, ...targets)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  test.each([
    [{ Arn: 'nonsense' }, 'not in correct format'],
    [{ Arn: 'arn:aws:ecs:us-east-1:000000000000:cluster/c' }, "event targets of the service 'ecs'"],
    [{ Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/b' }, "event targets of the service 'events'"],
    [{ Arn: QUEUE, EcsParameters: {} }, 'EcsParameters of an event target'],
    [{ Arn: QUEUE, SqsParameters: { MessageGroupId: 'g' } }, 'SqsParameters of an event target'],
    [{ Arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m' }, 'RoleArn is required'],
    [{ Arn: 'arn:aws:batch:us-east-1:000000000000:job-queue/q', RoleArn: 'r' }, 'BatchParameters is required'],
    [{ Arn: 'arn:aws:logs:us-east-1:000000000000:destination:d' }, 'is not the ARN of a log group'],
    [{ Arn: QUEUE, Input: '{' }, 'Input must be JSON text'],
    [{ Arn: QUEUE, Input: '1', InputPath: '$' }, 'Only one of Input, InputPath, or InputTransformer'],
    [{ Arn: QUEUE, InputPath: 'detail' }, "Invalid JSON path 'detail'"],
    [{ Arn: QUEUE, InputPath: '$.detail[?(@.a)]' }, 'Invalid JSON path'],
    [{ Arn: QUEUE, InputTransformer: { InputTemplate: '{"a": <b>}' } }, 'placeholder <b>'],
    [{ Arn: QUEUE, InputTransformer: { InputPathsMap: { 'aws.x': '$' }, InputTemplate: '1' } }, 'aws. is reserved'],
    [{ Arn: QUEUE, RetryPolicy: { MaximumRetryAttempts: 186 } }, '0 to 185, got 186'],
    [{ Arn: QUEUE, RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, '60 to 86400, got 59'],
    [
      { Arn: QUEUE, DeadLetterConfig: { Arn: 'arn:aws:sns:us-east-1:000000000000:t' } },
      'must be the ARN of an SQS queue',
    ],
    [{ Arn: QUEUE, Id: 'a b' }, "got 'a b'"],
  ])('the target %j', async (target, message) => {
    await expect(putRule(world, target)).rejects.toThrow(message);
  });
});
