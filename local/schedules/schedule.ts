import { Cron } from 'croner';

/** When something happens, again and again or once. */
export interface Schedule {
  /** The first time after a moment, in milliseconds since 1970; undefined when there is none. */
  next(after: number): number | undefined;
}

/** An expression that is none. Each service turns it into an error code of its own. */
export class ScheduleError extends Error {}

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);

const rate = (expression: string, value: number, unit: string, start: number): Schedule => {
  const period = value * (UNIT_MS.get(unit.replace(/s$/, '')) ?? 0);
  if (period === 0 || unit.endsWith('s') !== value > 1) {
    throw new ScheduleError(`'${expression}' must be such as rate(1 minute) or rate(5 minutes)`);
  }
  return { next: (after) => start + Math.max(1, Math.floor((after - start) / period) + 1) * period };
};

/** `0/15` begins there and goes on to the end. */
const withEnd =
  (last: number) =>
  (part: string): string =>
    part.replace(/^(\d+)\/(\d+)$/, `$1-${last}/$2`);

/** Sunday is 1 in AWS's expressions, and 0 elsewhere. */
const dayOfWeek = (part: string): string => {
  if (part === 'L') return '6';
  const halves = part.split('#');
  const nth = halves.at(1);
  const shifted = withEnd(7)(halves.at(0) ?? '').replace(/^(\d)(?:-(\d))?/, (_, first: string, last?: string) => {
    const shift = (day: string): number => {
      if (Number(day) < 1 || Number(day) > 7)
        throw new ScheduleError(`'${day}' is not possible as day of week of cron(...)`);
      return Number(day) - 1;
    };
    return last === undefined ? String(shift(first)) : `${shift(first)}-${shift(last)}`;
  });
  return nth === undefined ? shifted : `${shifted}#${nth}`;
};

const same = (part: string): string => part;
const FIELDS = [withEnd(59), withEnd(23), withEnd(31), withEnd(12), dayOfWeek, same];

const cron = (expression: string, fields: string, timezone: string): Schedule => {
  const parts = fields.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new ScheduleError(`cron(...) has six fields, got ${parts.length}`);
  if ((parts[2] === '?') === (parts[4] === '?')) {
    throw new ScheduleError(`exactly one of the two day fields of cron(...) must be '?'`);
  }
  const mapped = parts.map((field, index) =>
    field === '?'
      ? '*'
      : field
          .split(',')
          .map((part) => FIELDS[index](part))
          .join(','),
  );
  try {
    const job = new Cron(`0 ${mapped.join(' ')}`, { paused: true, timezone });
    return { next: (after) => nextOf(job, after) };
  } catch (error) {
    if (error instanceof ScheduleError) throw error;
    throw new ScheduleError(
      `'${expression}' is not possible: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

/** A local time that a change of clocks leaves out is passed over. */
const nextOf = (job: Cron, after: number): number | undefined => {
  let next = job.nextRun(new Date(after));
  while (next !== null && !job.match(next)) next = job.nextRun(next);
  return next?.getTime();
};

const once = (expression: string, local: string, timezone: string): Schedule => {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(local)
    ? new Cron(local, { paused: true, timezone }).nextRun(new Date(0))?.getTime()
    : undefined;
  if (time === undefined) throw new ScheduleError(`'${expression}' must be such as at(2026-11-20T13:00:00)`);
  return { next: (after) => (time > after ? time : undefined) };
};

export interface ScheduleOptions {
  /** When the first period of a rate begins, in milliseconds since 1970. */
  readonly start: number;
  readonly timezone?: string;
}

/** Reads `rate(value unit)`, `cron(minutes hours day-of-month month day-of-week year)` or `at(yyyy-mm-ddThh:mm:ss)`. */
export const parseSchedule = (expression: string, { start, timezone = 'UTC' }: ScheduleOptions): Schedule => {
  const rated = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression);
  if (rated !== null) return rate(expression, Number(rated[1]), rated[2], start);
  const fields = /^cron\(([^)]+)\)$/.exec(expression)?.at(1);
  if (fields !== undefined) return cron(expression, fields, timezone);
  const time = /^at\(([^)]+)\)$/.exec(expression)?.at(1);
  if (time !== undefined) return once(expression, time, timezone);
  throw new ScheduleError(`'${expression}' must be rate(...), cron(...) or at(...)`);
};
