import { AwsError } from '../core/errors';
import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Input, Operation, Service } from '../core/service';
import type { World } from '../core/world';
import { targetCall } from './invocation';
import { arnOf, checkedName, checkRequest, describe, invalid, type ScheduleRecord, timesOf } from './schedule-record';
import { createTimetable } from './timetable';

interface Group {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
}

const CONFLICT = 409;
const MISSING = 404;
const DEFAULT_GROUP = 'default';
const PAGES = { usual: 100, sizeIn: 'MaxResults' } as const;

const missing = (kind: string, name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${kind} ${name} does not exist.`, MISSING);

const exists = (kind: string, name: string): AwsError =>
  new AwsError('ConflictException', `${kind} ${name} already exists.`, CONFLICT);

/** What names a schedule, and what only makes a repetition harmless. */
const NOT_KEPT: ReadonlySet<string> = new Set(['Name', 'GroupName', 'ClientToken']);

const requestOf = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !NOT_KEPT.has(name)));

/** EventBridge Scheduler: schedules, their groups and their targets. */
export const createScheduler = (world: World): Service => {
  const { clock } = world;
  const schedules = world.collection<ScheduleRecord>('scheduler/schedules');
  const groupOf = (name: string): Group => ({
    ...{ name, created: clock.now() },
    arn: world.arn('scheduler', `schedule-group/${name}`),
  });
  const groups = world.collection<Group>('scheduler/groups', [[DEFAULT_GROUP, groupOf(DEFAULT_GROUP)]]);
  const timetable = createTimetable(world, (record) => {
    if (record.request.ActionAfterCompletion === 'DELETE') schedules.delete(record.arn);
  });
  world.onOpen(() => {
    for (const record of schedules.values()) timetable.follow(record);
  });

  const nameIn = (reader: Reader) => {
    const group = reader.optionalText('GroupName') ?? DEFAULT_GROUP;
    if (!groups.has(group)) throw missing('Schedule group', group);
    const name = checkedName(reader.text('Name'));
    return { group, name, arn: arnOf(world, group, name) };
  };
  const find = (reader: Reader): ScheduleRecord => {
    const { name, arn } = nameIn(reader);
    const record = schedules.get(arn);
    if (record === undefined) throw missing('Schedule', name);
    return record;
  };
  const put = async (record: ScheduleRecord) => {
    const reader = new Reader(record.request);
    checkRequest(reader);
    timesOf(record);
    targetCall(reader.record('Target'), { scheduleArn: '', scheduledTime: '', executionId: '', attempt: 1 });
    await timetable.assume(record).catch(() => {
      throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
    });
    schedules.set(record.arn, record);
    timetable.follow(record);
    return { ScheduleArn: record.arn };
  };

  const scheduleOperations: Readonly<Record<string, Operation>> = {
    CreateSchedule: (input) => {
      const place = nameIn(new Reader(input));
      if (schedules.has(place.arn)) throw exists('Schedule', place.name);
      return put({ ...place, request: requestOf(input), created: clock.now(), modified: clock.now() });
    },
    UpdateSchedule: (input) => put({ ...find(new Reader(input)), request: requestOf(input), modified: clock.now() }),
    GetSchedule: (input) => describe(find(new Reader(input))),
    DeleteSchedule: (input) => {
      const record = find(new Reader(input));
      timetable.forget(record);
      schedules.delete(record.arn);
      return {};
    },
    ListSchedules: (input) => {
      const reader = new Reader(input);
      const group = reader.optionalText('ScheduleGroup') ?? reader.optionalText('GroupName');
      const prefix = reader.optionalText('NamePrefix') ?? '';
      const wanted = [...schedules.values()].filter(
        (record) => (group === undefined || record.group === group) && record.name.startsWith(prefix),
      );
      const { page, next } = pageOf(reader, wanted, PAGES, ({ arn }) => arn);
      return { Schedules: page.map(describe), NextToken: next };
    },
  };

  const groupOperations: Readonly<Record<string, Operation>> = {
    CreateScheduleGroup: (input) => {
      const group = groupOf(checkedName(new Reader(input).text('Name')));
      if (groups.has(group.name)) throw exists('Schedule group', group.name);
      groups.set(group.name, group);
      return { ScheduleGroupArn: group.arn };
    },
    GetScheduleGroup: (input) => {
      const name = new Reader(input).text('Name');
      const group = groups.get(name);
      if (group === undefined) throw missing('Schedule group', name);
      return { Name: name, Arn: group.arn, State: 'ACTIVE', CreationDate: new Date(group.created) };
    },
    DeleteScheduleGroup: (input) => {
      const name = new Reader(input).text('Name');
      if (name === DEFAULT_GROUP || !groups.delete(name)) throw missing('Schedule group', name);
      for (const record of schedules.values()) {
        if (record.group !== name) continue;
        timetable.forget(record);
        schedules.delete(record.arn);
      }
      return {};
    },
    ListScheduleGroups: (input) => {
      const { page, next } = pageOf(new Reader(input), [...groups.values()], PAGES, ({ arn }) => arn);
      return {
        ScheduleGroups: page.map(({ name, arn }) => ({ Name: name, Arn: arn, State: 'ACTIVE' })),
        NextToken: next,
      };
    },
  };
  return { name: 'scheduler', operations: { ...scheduleOperations, ...groupOperations } };
};
