import { GetScheduleCommand, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { expect } from 'vitest';
import { HOUR, inbox, roleFor, schedule } from '../kit/schedules';
import { table } from '../kit/table';
import type { OwnTarget } from '../kit/target';

const TYPES = 'scheduler/latest/UserGuide/schedule-types.html';
const TIME = '<aws.scheduler.scheduled-time>';

/** Drives the clock to the end of some days, and answers when a cron expression called its target on them. */
const timesIn = async (target: OwnTarget, expression: string, ScheduleExpressionTimezone: string, days: string[]) => {
  const { clock } = target.endpoint.world;
  const [StartDate, EndDate] = days.map((day) => new Date(`${day}T00:00:00Z`));
  const queue = await inbox(target);
  const RoleArn = await roleFor(target, 'sqs:SendMessage');
  const more = { ScheduleExpressionTimezone, StartDate, EndDate };
  await schedule(target, { Arn: queue.arn, RoleArn, Input: TIME }, expression, more);
  await clock.advance(EndDate.getTime() - clock.now());
  const times: string[] = [];
  // Nothing comes after the last one.
  for (let quiet = 0; quiet < 2; quiet += 1) {
    const before = times.length;
    times.splice(0, times.length, ...(await queue.received()));
    if (times.length > before) quiet = 0;
  }
  return times.sort();
};

export const scheduleTimes = table('EventBridge Scheduler', 'Times', [
  {
    behaviour: 'a cron expression is about the clocks of its time zone',
    source: TYPES,
    local: async (target) => {
      expect(await timesIn(target, 'cron(0 9 ? * MON-FRI *)', 'Europe/Berlin', ['2031-07-04', '2031-07-08'])).toEqual([
        '2031-07-04T07:00:00Z',
        '2031-07-07T07:00:00Z',
      ]);
    },
  },
  {
    behaviour: 'a time that clocks leave out when they go forward is skipped',
    source: TYPES,
    local: async (target) => {
      expect(await timesIn(target, 'cron(30 2 * * ? *)', 'America/New_York', ['2031-03-08', '2031-03-11'])).toEqual([
        '2031-03-08T07:30:00Z',
        '2031-03-10T06:30:00Z',
      ]);
    },
  },
  {
    behaviour: 'a time that clocks show twice when they go back comes once',
    source: TYPES,
    local: async (target) => {
      expect(await timesIn(target, 'cron(30 1 * * ? *)', 'America/New_York', ['2031-11-01', '2031-11-04'])).toEqual([
        '2031-11-01T05:30:00Z',
        '2031-11-02T05:30:00Z',
        '2031-11-03T06:30:00Z',
      ]);
    },
  },
  {
    behaviour: 'a flexible schedule calls its target some time within its window',
    source: 'scheduler/latest/UserGuide/managing-schedule-flexible-time-windows.html',
    local: async (target) => {
      const { clock } = target.endpoint.world;
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const FlexibleTimeWindow = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 60 } as const;
      const start = clock.now();
      await schedule(target, { Arn: queue.arn, RoleArn, Input: 'now' }, 'rate(1 day)', { FlexibleTimeWindow });
      await clock.advance(24 * HOUR - 1000);
      expect(await queue.received()).toEqual([]);
      await clock.advance(HOUR + 2000);
      const [message] = await queue.receive();
      const sent = Number(message.Attributes?.SentTimestamp) - start;
      expect(message.Body).toBe('now');
      expect(sent).toBeGreaterThanOrEqual(24 * HOUR);
      expect(sent).toBeLessThanOrEqual(25 * HOUR + 1000);
    },
  },
  {
    behaviour: 'a schedule that has come to its end is deleted only when that is asked for',
    source: 'scheduler/latest/UserGuide/managing-schedule-delete.html',
    local: async (target) => {
      const { clock } = target.endpoint.world;
      const queue = await inbox(target);
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const EndDate = new Date(clock.now() + 2.5 * HOUR);
      const make = (ActionAfterCompletion: 'DELETE' | 'NONE') =>
        schedule(target, { Arn: queue.arn, RoleArn }, 'rate(1 hour)', { EndDate, ActionAfterCompletion });
      const [gone, kept] = [await make('DELETE'), await make('NONE')];
      const get = (Name: string) => target.clients.scheduler.send(new GetScheduleCommand({ Name }));
      await clock.advance(1.5 * HOUR);
      expect(await get(gone)).toMatchObject({ State: 'ENABLED' });
      await clock.advance(2 * HOUR);
      expect(await get(kept)).toMatchObject({ State: 'ENABLED' });
      await expect(get(gone)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    },
  },
  {
    behaviour: 'an update replaces the whole schedule: what it does not name is as it is by default',
    source: 'scheduler/latest/APIReference/API_UpdateSchedule.html',
    test: async (target) => {
      const RoleArn = await roleFor(target, 'sqs:SendMessage');
      const Target = { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage', RoleArn, Input: '{}' };
      const more = { Description: 'first', ScheduleExpressionTimezone: 'Asia/Tokyo', State: 'DISABLED' } as const;
      const Name = await schedule(target, Target, 'rate(1 day)', more);
      const update = { Name, Target, ScheduleExpression: 'rate(2 days)', FlexibleTimeWindow: { Mode: 'OFF' } } as const;
      await target.clients.scheduler.send(new UpdateScheduleCommand(update));
      const now = await target.clients.scheduler.send(new GetScheduleCommand({ Name }));
      expect(now).toMatchObject({ ScheduleExpression: 'rate(2 days)', ScheduleExpressionTimezone: 'UTC' });
      expect([now.State, now.Description]).toEqual(['ENABLED', undefined]);
    },
  },
]);
