import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
} from '@aws-sdk/client-scheduler';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { machineOf } from '../kit/machines';
import { openTo, queueFor } from '../kit/queues';
import { HOUR, inbox, roleFor, schedule } from '../kit/schedules';
import { table } from '../kit/table';
import { subscribed, topicFor } from '../kit/topics';

const TEMPLATED = 'scheduler/latest/UserGuide/managing-targets-templated.html';
const RETRIES = 'scheduler/latest/APIReference/API_RetryPolicy.html';
const TRUST = 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';
const PASS = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

export const scheduleTargets = table('EventBridge Scheduler', 'Targets', [
  {
    behaviour: 'a state machine is started with the input of the schedule',
    source: TEMPLATED,
    local: async (target) => {
      const stateMachineArn = await machineOf(target, PASS);
      const RoleArn = await roleFor(target, 'states:StartExecution');
      await schedule(target, { Arn: stateMachineArn, RoleArn, Input: '{"a":1}' }, 'rate(1 hour)');
      await target.endpoint.world.clock.advance(HOUR + 1000);
      await target.eventually(async () => {
        const list = new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' });
        expect((await target.clients.sfn.send(list)).executions).toHaveLength(1);
      });
    },
  },
  {
    behaviour: 'a topic gets the input of the schedule as its message, by Publish or as a universal target',
    source: 'scheduler/latest/UserGuide/managing-targets-universal.html',
    local: async (target) => {
      const { arn } = await topicFor(target);
      const queue = await subscribed(target, arn, { RawMessageDelivery: 'true' });
      const RoleArn = await roleFor(target, 'sns:Publish');
      await schedule(target, { Arn: arn, RoleArn, Input: 'templated' }, 'rate(1 hour)');
      const Input = JSON.stringify({ TopicArn: arn, Message: 'universal' });
      await schedule(target, { Arn: 'arn:aws:scheduler:::aws-sdk:sns:publish', RoleArn, Input }, 'rate(1 hour)');
      await target.endpoint.world.clock.advance(HOUR + 1000);
      const bodies: (string | undefined)[] = [];
      await target.eventually(async () => {
        bodies.push(...(await queue.receive({ MaxNumberOfMessages: 10 })).map(({ Body }) => Body));
        expect(bodies.sort()).toEqual(['templated', 'universal']);
      });
    },
  },
  {
    behaviour: 'an event bus gets an event whose detail is the input of the schedule',
    source: TEMPLATED,
    local: async (target) => {
      const [queue, source, Name] = [await queueFor(target), target.name('source'), target.name('rule')];
      const { events, sqs } = target.clients;
      const Attributes = { Policy: openTo('events.amazonaws.com', queue.arn) };
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes }));
      await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: [source] }) }));
      await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'queue', Arn: queue.arn }] }));
      const RoleArn = await roleFor(target, 'events:PutEvents');
      const Arn = `arn:aws:events:${target.region}:${target.account}:event-bus/default`;
      const EventBridgeParameters = { Source: source, DetailType: 'Due' };
      await schedule(target, { Arn, RoleArn, Input: '{"a":1}', EventBridgeParameters }, 'rate(1 hour)');
      await target.endpoint.world.clock.advance(HOUR + 1000);
      const event: unknown = JSON.parse((await queue.next()).Body ?? '');
      expect(event).toMatchObject({ source, 'detail-type': 'Due', detail: { a: 1 } });
    },
  },
  {
    behaviour: 'a role that does not let EventBridge Scheduler take it on is refused',
    source: 'scheduler/latest/UserGuide/setting-up.html',
    test: async (target) => {
      const RoleArn = await makeRole(target, [], { Service: 'events.amazonaws.com' });
      const Arn = 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage';
      await expect(
        target.clients.scheduler.send(
          new CreateScheduleCommand({
            ...{
              Name: target.name('schedule'),
              ScheduleExpression: 'rate(1 hour)',
              Target: { Arn, RoleArn, Input: '{}' },
            },
            FlexibleTimeWindow: { Mode: 'OFF' },
          }),
        ),
      ).rejects.toMatchObject({ name: 'ValidationException', message: TRUST });
    },
  },
  {
    behaviour: 'a throttled target is tried again, and the attempt has its number',
    source: RETRIES,
    local: async (target) => {
      const { clock, faults } = target.endpoint.world;
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      await schedule(target, { Arn: queue.arn, RoleArn, Input: '<aws.scheduler.attempt-number>' }, 'rate(1 hour)');
      faults.set([{ kind: 'throttle', at: 'sqs:SendMessage', times: 2 }]);
      await clock.advance(HOUR + 1000);
      await target.eventually(async () => {
        expect(await queue.received()).toEqual(['3']);
      });
    },
  },
  {
    behaviour: 'a target that stays throttled is tried as often, or as long, as the retry policy says',
    source: RETRIES,
    local: async (target) => {
      const { clock, faults } = target.endpoint.world;
      faults.set([{ kind: 'throttle', at: 'sns:Publish' }]);
      for (const [RetryPolicy, condition] of [
        [{ MaximumRetryAttempts: 1 }, 'MaximumRetryAttempts'],
        [{ MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds'],
      ] as const) {
        const dead = await queueFor(target);
        const RoleArn = await roleFor(target, 'sns:Publish', 'sqs:SendMessage');
        const Arn = `arn:aws:sns:${target.region}:${target.account}:busy`;
        const place = { Arn, RoleArn, Input: 'lost', RetryPolicy, DeadLetterConfig: { Arn: dead.arn } };
        const at = new Date(clock.now() + HOUR).toISOString().slice(0, 19);
        await schedule(target, place, `at(${at})`);
        await clock.advance(HOUR);
        await target.eventually(async () => {
          await clock.advance(60_000);
          const [message] = await dead.receive({ MessageAttributeNames: ['All'] });
          expect(message).toMatchObject({
            Body: 'lost',
            MessageAttributes: {
              EXHAUSTED_RETRY_CONDITION: { StringValue: condition },
              TARGET_ARN: { StringValue: Arn },
              IS_PAYLOAD_TRUNCATED: { StringValue: 'false' },
            },
          });
        });
      }
    },
  },
  {
    behaviour: 'a group is deleted with its schedules; names count within a group',
    source: 'scheduler/latest/UserGuide/managing-schedule-group-delete.html',
    test: async (target) => {
      const { scheduler } = target.clients;
      const GroupName = target.name('group');
      await scheduler.send(new CreateScheduleGroupCommand({ Name: GroupName }));
      await expect(scheduler.send(new CreateScheduleGroupCommand({ Name: GroupName }))).rejects.toMatchObject({
        name: 'ConflictException',
      });
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const place = { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn, Input: '{}' };
      const Name = await schedule(target, place, 'rate(1 day)');
      await schedule(target, place, 'rate(1 hour)', { Name, GroupName });
      await expect(schedule(target, place, 'rate(1 hour)', { Name })).rejects.toMatchObject({
        name: 'ConflictException',
      });
      await scheduler.send(new DeleteScheduleGroupCommand({ Name: GroupName }));
      await target.eventually(async () => {
        await expect(scheduler.send(new GetScheduleGroupCommand({ Name: GroupName }))).rejects.toMatchObject({
          name: 'ResourceNotFoundException',
        });
      });
      expect(await scheduler.send(new GetScheduleCommand({ Name }))).toMatchObject({
        ScheduleExpression: 'rate(1 day)',
      });
      await expect(scheduler.send(new GetScheduleCommand({ Name, GroupName }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    },
  },
]);
