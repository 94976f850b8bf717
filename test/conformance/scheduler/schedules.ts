import { ListJobsCommand } from '@aws-sdk/client-batch';
import { GetScheduleCommand, paginateListSchedules } from '@aws-sdk/client-scheduler';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { definitionOf, placeOf } from '../kit/jobs';
import { HOUR, inbox, roleFor, schedule } from '../kit/schedules';
import { table } from '../kit/table';
import type { OwnTarget } from '../kit/target';

const CONTEXT = 'scheduler/latest/UserGuide/managing-schedule-context-attributes.html';

const later = (target: OwnTarget, milliseconds: number): string =>
  new Date(target.endpoint.world.clock.now() + milliseconds).toISOString().slice(0, 19);

export const schedules = table('EventBridge Scheduler', 'Schedules', [
  {
    behaviour: 'a rate calls its target again and again, as the role of the schedule',
    source: 'scheduler/latest/UserGuide/schedule-types.html',
    local: async (target) => {
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'tick' }, 'rate(1 hour)');
      await target.endpoint.world.clock.advance(3 * HOUR + 1000);
      await target.eventually(async () => {
        expect(await queue.received()).toEqual(['tick', 'tick', 'tick']);
      });
    },
  },
  {
    behaviour: 'a one-time schedule in a time zone calls its target once, and is deleted when that is asked for',
    source: 'scheduler/latest/UserGuide/managing-schedule-delete.html',
    local: async (target) => {
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const time = later(target, 9 * HOUR + 60_000);
      const Name = await schedule(target, { Arn: queue.arn, RoleArn, Input: 'once' }, `at(${time})`, {
        ...{ ScheduleExpressionTimezone: 'Asia/Tokyo', ActionAfterCompletion: 'DELETE' },
      });
      await target.endpoint.world.clock.advance(120_000);
      await target.eventually(async () => {
        expect(await queue.received()).toEqual(['once']);
      });
      await expect(target.clients.scheduler.send(new GetScheduleCommand({ Name }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    },
  },
  {
    behaviour: 'a universal target calls any operation: SubmitJob, with the id of the invocation in its name',
    source: 'scheduler/latest/UserGuide/managing-targets-universal.html',
    local: async (target) => {
      const jobQueue = await placeOf(target);
      const JobDefinition = await definitionOf(target, 'true');
      const Input = JSON.stringify({
        JobName: 'nightly-<aws.scheduler.execution-id>',
        JobQueue: jobQueue,
        JobDefinition,
      });
      const RoleArn = await roleFor(target, 'batch:SubmitJob');
      await schedule(target, { Arn: 'arn:aws:scheduler:::aws-sdk:batch:submitJob', RoleArn, Input }, 'rate(1 day)');
      await target.endpoint.world.clock.advance(24 * HOUR + 1000);
      await target.eventually(async () => {
        const list = new ListJobsCommand({ jobQueue, filters: [{ name: 'JOB_NAME', values: ['nightly-*'] }] });
        const { jobSummaryList = [] } = await target.clients.batch.send(list);
        expect(jobSummaryList.map(({ jobName }) => jobName)).toEqual([
          expect.stringMatching(/^nightly-[0-9a-f-]{36}$/),
        ]);
      });
    },
  },
  {
    behaviour: 'words of the context in an input stand for schedule, time and attempt',
    source: CONTEXT,
    local: async (target) => {
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const Input = '<aws.scheduler.scheduled-time> <aws.scheduler.attempt-number> <aws.scheduler.schedule-arn>';
      const Name = await schedule(target, { Arn: queue.arn, RoleArn, Input }, 'rate(1 minute)');
      await target.endpoint.world.clock.advance(61_000);
      await target.eventually(async () => {
        expect((await queue.received()).at(0)).toMatch(
          new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ 1 arn:.*:schedule/default/${Name}$`),
        );
      });
    },
  },
  {
    behaviour: 'what a target refuses goes to the dead-letter queue with the reason',
    source: 'scheduler/latest/UserGuide/configuring-schedule-dlq.html',
    local: async (target) => {
      const [queue, dead] = [await inbox(target), await inbox(target)];
      const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: dead.arn };
      const RoleArn = await makeRole(target, [statement], { Service: 'scheduler.amazonaws.com' });
      const DeadLetterConfig = { Arn: dead.arn };
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'lost', DeadLetterConfig }, 'rate(1 minute)');
      await target.endpoint.world.clock.advance(61_000);
      await target.eventually(async () => {
        const message = (await dead.receive({ MessageAttributeNames: ['All'], VisibilityTimeout: 0 })).at(0);
        expect(message?.Body).toBe('lost');
        expect(message?.MessageAttributes?.ERROR_MESSAGE.StringValue).toContain(
          'not authorized to perform: sqs:SendMessage',
        );
      });
    },
  },
  {
    behaviour: 'a disabled schedule does nothing, and neither does one before its start or after its end',
    source: 'scheduler/latest/UserGuide/managing-schedule.html',
    local: async (target) => {
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const { clock } = target.endpoint.world;
      const at = (milliseconds: number) => new Date(clock.now() + milliseconds);
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'off' }, 'rate(1 minute)', { State: 'DISABLED' });
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'late' }, 'rate(1 minute)', { StartDate: at(HOUR) });
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'early' }, 'rate(1 minute)', { EndDate: at(150_000) });
      await clock.advance(600_000);
      await target.eventually(async () => {
        expect(await queue.received()).toEqual(['early', 'early']);
      });
    },
  },
  {
    behaviour: 'a target that only reads is refused, and so is an expression that is none',
    source: 'scheduler/latest/UserGuide/managing-targets-universal.html',
    test: async (target) => {
      const RoleArn = await roleFor(target);
      const reading = { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:getQueueUrl', RoleArn, Input: '{}' };
      await expect(schedule(target, reading, 'rate(1 hour)')).rejects.toMatchObject({ name: 'ValidationException' });
      const fine = { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn, Input: '{}' };
      for (const expression of ['rate(0 hours)', 'cron(0 10 * * *)', 'at(soon)', 'daily']) {
        await expect(schedule(target, fine, expression)).rejects.toMatchObject({ name: 'ValidationException' });
      }
    },
  },
  {
    behaviour: 'schedules are listed page by page',
    source: 'scheduler/latest/APIReference/API_ListSchedules.html',
    test: async (target) => {
      const RoleArn = await roleFor(target);
      const fine = { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn, Input: '{}' };
      const names = [];
      for (let index = 0; index < 3; index += 1) names.push(await schedule(target, fine, 'rate(1 day)'));
      const listed: (string | undefined)[] = [];
      const pages = paginateListSchedules({ client: target.clients.scheduler, pageSize: 2 }, {});
      for await (const { Schedules = [] } of pages) listed.push(...Schedules.map(({ Name }) => Name));
      expect(listed).toEqual(expect.arrayContaining(names));
    },
  },
]);
