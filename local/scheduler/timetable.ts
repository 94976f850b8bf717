import { createHash, randomUUID } from 'node:crypto';
import type { Timer } from '../core/clock';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import { createDeliveries, type Failure } from '../delivery/deliveries';
import { targetRetries } from '../delivery/retry';
import { targetCall, type Occasion } from './invocation';
import { type ScheduleRecord, timesOf } from './schedule-record';

const SERVICE = 'scheduler.amazonaws.com';
const MINUTE_MS = 60_000;

/** Calls targets when their time has come. */
export interface Timetable {
  /** Follows a schedule, as it is now. */
  follow(record: ScheduleRecord): void;
  forget(record: ScheduleRecord): void;
  /** Takes on the role of a schedule; rejects when the role does not let the service. */
  assume(record: ScheduleRecord): Promise<Principal>;
}

/** One time of a schedule; the schedule may be deleted before its target is called. */
interface Firing {
  readonly record: ScheduleRecord;
  readonly occasion: Omit<Occasion, 'attempt'>;
}

/** Where in its window a schedule falls: always the same place for the same schedule. */
const delayOf = ({ arn, request }: ScheduleRecord): number => {
  const window = new Reader(request).record('FlexibleTimeWindow');
  if (window.text('Mode') === 'OFF') return 0;
  const fraction = createHash('sha256').update(arn).digest().readUInt32BE() / 2 ** 32;
  return fraction * window.number('MaximumWindowInMinutes') * MINUTE_MS;
};

export const createTimetable = (world: World, completed: (record: ScheduleRecord) => void): Timetable => {
  const { clock } = world;
  const timers = new Map<string, Timer>();
  const targetOf = ({ record }: Firing): Reader => new Reader(record.request).record('Target');
  /** The service names the group of a schedule, not the schedule, as who takes on the role. */
  const assume = ({ group, name, request }: ScheduleRecord): Promise<Principal> => {
    const sourceArn = world.arn('scheduler', `schedule-group/${group}`);
    const roleArn = new Reader(request).record('Target').text('RoleArn');
    return world.assume({ roleArn, service: SERVICE, sourceArn, session: name });
  };

  const attempt = async (firing: Firing, retries: number): Promise<void> => {
    const request = targetCall(targetOf(firing), { ...firing.occasion, attempt: retries + 1 });
    await world.call({ ...request, principal: await assume(firing.record) });
  };

  const giveUp = async (firing: Firing, { error, retries, exhausted }: Failure): Promise<void> => {
    const { arn } = firing.record;
    const { executionId, scheduledTime } = firing.occasion;
    const target = targetOf(firing);
    const queue = target.optionalRecord('DeadLetterConfig')?.optionalText('Arn');
    await sendToDeadLetterQueue(world, {
      what: `the schedule ${arn} did not reach ${target.text('Arn')}`,
      ...{ error, queue, body: target.optionalText('Input') ?? '{}' },
      attributes: {
        ...{ SCHEDULE_ARN: arn, TARGET_ARN: target.text('Arn'), EXECUTION_ID: executionId },
        ...{ SCHEDULED_TIME: scheduledTime, RETRY_ATTEMPTS: String(retries), IS_PAYLOAD_TRUNCATED: 'false' },
        ERROR_CODE: error instanceof AwsError ? error.code : 'InternalError',
        ERROR_MESSAGE: reasonOf(error),
        ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
      },
      principal: await assume(firing.record),
    });
  };

  const deliveries = createDeliveries<Firing>(world, 'scheduler/deliveries', {
    policy: (firing) => targetRetries(targetOf(firing)),
    attempt,
    failed: giveUp,
  });

  const fire = (record: ScheduleRecord, time: number): void => {
    const scheduledTime = new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
    deliveries.add({ record, occasion: { scheduleArn: record.arn, executionId: randomUUID(), scheduledTime } });
  };

  const wait = (record: ScheduleRecord, after: number): void => {
    const next = timesOf(record).next(after);
    if (next === undefined) {
      timers.delete(record.arn);
      completed(record);
      return;
    }
    const timer = clock.after(next + delayOf(record) - clock.now(), () => {
      fire(record, next);
      wait(record, next);
    });
    timers.set(record.arn, timer);
  };

  const forget = ({ arn }: ScheduleRecord): void => {
    timers.get(arn)?.cancel();
    timers.delete(arn);
  };

  world.onClose(() => {
    for (const timer of timers.values()) timer.cancel();
  });
  return {
    assume,
    forget,
    follow: (record) => {
      forget(record);
      if (new Reader(record.request).optionalText('State') !== 'DISABLED') wait(record, clock.now());
    },
  };
};
