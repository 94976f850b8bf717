import { expect, test } from 'vitest';
import { parseSchedule, ScheduleError } from '../../../local/schedules/schedule';

const start = Date.parse('2026-01-01T00:00:00Z');

// Days: 2026-01-01 is a Thursday. Examples of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
test.each([
  ['rate(1 minute)', '2026-01-01T00:00:00Z', false],
  ['rate(1 minute)', '2026-01-01T00:01:00Z', true],
  ['rate(5 minutes)', '2026-01-01T00:04:00Z', false],
  ['rate(5 minutes)', '2026-01-01T00:05:00Z', true],
  ['rate(1 hour)', '2026-01-01T01:00:00Z', true],
  ['rate(2 days)', '2026-01-02T00:00:00Z', false],
  ['rate(2 days)', '2026-01-03T00:00:00Z', true],
  ['cron(0 10 * * ? *)', '2026-01-01T10:00:00Z', true],
  ['cron(0 10 * * ? *)', '2026-01-01T10:01:00Z', false],
  ['cron(15 12 * * ? *)', '2026-01-01T12:15:00Z', true],
  ['cron(0 18 ? * MON-FRI *)', '2026-01-02T18:00:00Z', true],
  ['cron(0 18 ? * MON-FRI *)', '2026-01-03T18:00:00Z', false],
  ['cron(0 8 1 * ? *)', '2026-02-01T08:00:00Z', true],
  ['cron(0/15 * * * ? *)', '2026-01-01T05:45:00Z', true],
  ['cron(0/15 * * * ? *)', '2026-01-01T05:46:00Z', false],
  ['cron(0/5 8-17 ? * MON-FRI *)', '2026-01-02T17:55:00Z', true],
  ['cron(0 12 L * ? *)', '2026-02-28T12:00:00Z', true],
  ['cron(0 12 L * ? *)', '2026-02-27T12:00:00Z', false],
  ['cron(0 12 3W * ? *)', '2026-01-02T12:00:00Z', true],
  ['cron(0 12 1W * ? *)', '2026-08-03T12:00:00Z', true],
  ['cron(0 12 31W * ? *)', '2026-05-29T12:00:00Z', true],
  ['cron(0 12 ? * 6#1 *)', '2026-01-02T12:00:00Z', true],
  ['cron(0 12 ? * 6#2 *)', '2026-01-02T12:00:00Z', false],
  ['cron(0 12 ? * 6L *)', '2026-01-30T12:00:00Z', true],
  ['cron(0 12 ? JAN,MAR 5 2026-2027)', '2026-03-05T12:00:00Z', true],
  ['cron(0 12 ? JAN,MAR 5 2027)', '2026-03-05T12:00:00Z', false],
])('%s at %s is due: %s', (expression, minute, due) => {
  const time = Date.parse(minute);
  expect(parseSchedule(expression, { start }).next(time - 1) === time).toBe(due);
});

test.each([
  'rate(0 minutes)',
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(5 weeks)',
  'cron(0 10 * * *)',
  'cron(0 10 * * * *)',
  'cron(0 10 ? * ? *)',
  'cron(60 10 * * ? *)',
  'cron(0 24 * * ? *)',
  'cron(0 10 ? * 8 *)',
  'cron(5-1 10 * * ? *)',
  'cron(0/0 10 * * ? *)',
  'cron(x 10 * * ? *)',
  'every minute',
])('refuses %s', (expression) => {
  expect(() => parseSchedule(expression, { start })).toThrow(ScheduleError);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
test.each([
  ['cron(30 2 * * ? *)', 'America/New_York', '2026-03-07T12:00:00Z', '2026-03-09T06:30:00.000Z'],
  ['cron(0 9 * * ? *)', 'Europe/Berlin', '2026-07-01T00:00:00Z', '2026-07-01T07:00:00.000Z'],
  ['cron(0 9 * * ? *)', 'Europe/Berlin', '2026-12-01T00:00:00Z', '2026-12-01T08:00:00.000Z'],
  ['at(2026-11-20T13:00:00)', 'Asia/Tokyo', '2026-01-01T00:00:00Z', '2026-11-20T04:00:00.000Z'],
  ['at(2026-11-20T13:00:00)', 'UTC', '2027-01-01T00:00:00Z', undefined],
])('%s in %s, after %s, is due at %s', (expression, timezone, after, expected) => {
  const next = parseSchedule(expression, { start, timezone }).next(Date.parse(after));
  expect(next === undefined ? undefined : new Date(next).toISOString()).toBe(expected);
});
