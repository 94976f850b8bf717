import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output } from '../core/service';
import type { World } from '../core/world';
import { checkRetries } from '../delivery/retry';
import { parseSchedule, type Schedule, ScheduleError } from '../schedules/schedule';

/** A schedule as it is kept. */
export interface ScheduleRecord {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  /** As requested. */
  readonly request: Input;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly modified: number;
}

export const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const NAME = /^[0-9a-zA-Z\-_.]{1,64}$/;

export const checkedName = (name: string): string => {
  if (!NAME.test(name)) throw invalid(`a name has 1 to 64 letters, digits, '-', '_' or '.', got '${name}'`);
  return name;
};

/** The times of a schedule. */
export const timesOf = ({ request, created }: ScheduleRecord): Schedule => {
  const reader = new Reader(request);
  const [from, to] = ['StartDate', 'EndDate'].map((name) => timeIn(reader, name));
  try {
    const schedule = parseSchedule(reader.text('ScheduleExpression'), {
      start: from ?? created,
      timezone: reader.optionalText('ScheduleExpressionTimezone'),
    });
    return {
      next: (after) => {
        const next = schedule.next(Math.max(after, (from ?? 0) - 1));
        return next === undefined || next > (to ?? Infinity) ? undefined : next;
      },
    };
  } catch (error) {
    throw error instanceof ScheduleError ? invalid(`Invalid Schedule Expression: ${error.message}`) : error;
  }
};

/** Clients write a time in seconds, CloudFormation as text. */
const timeIn = (reader: Reader, name: string): number | undefined => {
  const value = reader.values[name];
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'number' ? value * 1000 : Date.parse(reader.text(name));
  if (Number.isNaN(time)) throw invalid(`${name} must be a time, got ${reader.text(name)}`);
  return time;
};

const MAX_WINDOW = 1440;

/** Checks what was requested. */
export const checkRequest = (reader: Reader): void => {
  const target = reader.record('Target');
  target.text('RoleArn');
  checkRetries(target, invalid);
  const window = reader.record('FlexibleTimeWindow');
  const mode = window.text('Mode');
  if (mode !== 'OFF' && mode !== 'FLEXIBLE')
    throw invalid(`FlexibleTimeWindow.Mode must be OFF or FLEXIBLE, got '${mode}'`);
  const minutes = mode === 'FLEXIBLE' ? window.number('MaximumWindowInMinutes') : 1;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_WINDOW)
    throw invalid(`MaximumWindowInMinutes must be a whole number from 1 to ${MAX_WINDOW}, got ${minutes}`);
  for (const name of ['EcsParameters', 'KinesisParameters', 'SageMakerPipelineParameters']) {
    if (target.has(name)) throw notSupported(`${name} of a schedule's target`);
  }
};

/** A schedule as GetSchedule shows it. */
export const describe = ({ request, name, group, arn, created, modified }: ScheduleRecord): Output => ({
  ...{ ScheduleExpressionTimezone: 'UTC', State: 'ENABLED', ActionAfterCompletion: 'NONE' },
  ...request,
  ...{ Name: name, GroupName: group, Arn: arn },
  ...{ CreationDate: new Date(created), LastModificationDate: new Date(modified) },
});

export const arnOf = (world: World, group: string, name: string): string =>
  world.arn('scheduler', `schedule/${group}/${name}`);
