import { createHash, randomUUID } from 'node:crypto';
import type { Timer } from '../core/clock';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { World } from '../core/world';
import { reasonOf, sendToDeadLetterQueue } from '../delivery/dead-letter';
import { createDeliveries } from '../delivery/deliveries';
import { isTransient } from '../delivery/retry';
import { invocationOf, type Occasion } from './invocation';
import { type ScheduleRecord, timesOf } from './schedule-record';

const SERVICE = 'scheduler.amazonaws.com';
const MINUTE_MS = 60_000;

/** Calls targets when their time has come. */
export interface Timetable {
  /** Follows a schedule, as it is now. */
  follow(record: ScheduleRecord): void;
  forget(record: ScheduleRecord): void;
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
  const deliveries = createDeliveries(world);

  const attempt = async ({ group, request, name }: ScheduleRecord, occasion: Occasion): Promise<void> => {
    const target = new Reader(request).record('Target');
    const invocation = invocationOf(target, occasion);
    // The service names the group of a schedule, not the schedule, as who takes on the role.
    const sourceArn = world.arn('scheduler', `schedule-group/${group}`);
    const assumption = { roleArn: target.text('RoleArn'), service: SERVICE, sourceArn, session: name };
    await world.call({ ...invocation, principal: await world.assume(assumption) });
  };

  const giveUp = async (record: ScheduleRecord, occasion: Occasion, error: unknown, retries: number): Promise<void> => {
    const target = new Reader(record.request).record('Target');
    const queue = target.optionalRecord('DeadLetterConfig')?.optionalText('Arn');
    const { arn, group, name } = record;
    const sourceArn = world.arn('scheduler', `schedule-group/${group}`);
    const roleArn = target.text('RoleArn');
    await sendToDeadLetterQueue(world, {
      what: `the schedule ${arn} did not reach ${target.text('Arn')}`,
      ...{ error, queue, body: target.optionalText('Input') ?? '{}' },
      attributes: {
        ...{ SCHEDULE_ARN: arn, TARGET_ARN: target.text('Arn'), EXECUTION_ID: occasion.executionId },
        ...{ SCHEDULED_TIME: occasion.scheduledTime, RETRY_ATTEMPTS: String(retries), IS_PAYLOAD_TRUNCATED: 'false' },
        ERROR_CODE: error instanceof AwsError ? error.code : 'InternalError',
        ERROR_MESSAGE: reasonOf(error),
        ...(isTransient(error) ? { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts' } : {}),
      },
      principal: await world.assume({ roleArn, service: SERVICE, sourceArn, session: name }),
    });
  };

  const fire = (record: ScheduleRecord, time: number): void => {
    const policy = new Reader(record.request).record('Target').optionalRecord('RetryPolicy');
    const occasion = {
      ...{ scheduleArn: record.arn, executionId: randomUUID() },
      scheduledTime: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    };
    let attempts = 0;
    deliveries.add({
      maxRetries: policy?.optionalNumber('MaximumRetryAttempts'),
      attempt: () => attempt(record, { ...occasion, attempt: (attempts += 1) }),
      failed: (error, retries) => giveUp(record, { ...occasion, attempt: attempts }, error, retries),
    });
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
    forget,
    follow: (record) => {
      forget(record);
      if (new Reader(record.request).optionalText('State') !== 'DISABLED') wait(record, clock.now());
    },
  };
};
