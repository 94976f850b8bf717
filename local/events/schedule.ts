import { cronTest } from './cron';
import { invalid } from './errors';

/** When a scheduled rule fires. EventBridge promises the minute, not the second. */
export interface Schedule {
  /** Asked once at the start of each minute, in UTC. */
  isDue(minute: Date): boolean;
}

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };
const MINUTE_MS = 60_000;

const minutesBetween = (start: Date, end: Date): number =>
  Math.floor(end.getTime() / MINUTE_MS) - Math.floor(start.getTime() / MINUTE_MS);

const rate = (expression: string, value: number, unit: string, start: Date): Schedule => {
  const period = value * (MINUTES[unit.replace(/s$/, '')] ?? 0);
  if (period === 0 || unit.endsWith('s') !== value > 1) {
    throw invalid(
      `Parameter ScheduleExpression is not valid: '${expression}' must be such as rate(1 minute) or rate(5 minutes)`,
    );
  }
  return {
    isDue: (minute) => {
      const passed = minutesBetween(start, minute);
      return passed > 0 && passed % period === 0;
    },
  };
};

/** Parses `rate(value unit)` and `cron(minutes hours day-of-month month day-of-week year)`. */
export const parseSchedule = (expression: string, start: Date): Schedule => {
  const rated = /^rate\((\d+) (minutes?|hours?|days?)\)$/.exec(expression);
  if (rated !== null) return rate(expression, Number(rated[1]), rated[2], start);
  const fields = /^cron\(([^)]+)\)$/.exec(expression)?.[1];
  if (fields !== undefined) return { isDue: cronTest(fields) };
  throw invalid(`Parameter ScheduleExpression is not valid: '${expression}' must be rate(...) or cron(...)`);
};
