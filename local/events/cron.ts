import { invalid } from './errors';

type Test = (minute: Date) => boolean;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const wrong = (field: string, text: string): Error =>
  invalid(`Parameter ScheduleExpression is not valid: '${text}' is not possible as ${field} of cron(...)`);

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, the first one for `min`. */
  readonly names?: readonly string[];
  readonly of: (minute: Date) => number;
}

const FIELDS = {
  minutes: { name: 'minutes', min: 0, max: 59, of: (m) => m.getUTCMinutes() },
  hours: { name: 'hours', min: 0, max: 23, of: (m) => m.getUTCHours() },
  dayOfMonth: { name: 'day of month', min: 1, max: 31, of: (m) => m.getUTCDate() },
  month: { name: 'month', min: 1, max: 12, names: MONTHS, of: (m) => m.getUTCMonth() + 1 },
  dayOfWeek: { name: 'day of week', min: 1, max: 7, names: DAYS, of: (m) => m.getUTCDay() + 1 },
  year: { name: 'year', min: 1970, max: 2199, of: (m) => m.getUTCFullYear() },
} satisfies Readonly<Record<string, Field>>;

const valueOf = (field: Field, text: string): number => {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named < 0 ? Number(/^\d+$/.test(text) ? text : Number.NaN) : named + field.min;
  if (!(value >= field.min && value <= field.max)) throw wrong(field.name, text);
  return value;
};

/** `*`, `5`, `1-5`, `0/15`, `1-10/2`. */
const rangeTest = (field: Field, text: string): ((value: number) => boolean) => {
  const stepped = text.split('/');
  const step = stepped.at(1);
  if (stepped.length > 2 || (step !== undefined && !/^[1-9]\d*$/.test(step))) throw wrong(field.name, text);
  const ends = (stepped.at(0) ?? '').split('-');
  const low = ends.at(0) ?? '';
  const high = ends.at(1);
  if (ends.length > 2) throw wrong(field.name, text);
  const from = low === '*' ? field.min : valueOf(field, low);
  const open = low === '*' || (step !== undefined && high === undefined);
  const to = high === undefined ? (open ? field.max : from) : valueOf(field, high);
  if (to < from) throw wrong(field.name, text);
  return (value) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
};

const lastDay = (minute: Date): number =>
  new Date(Date.UTC(minute.getUTCFullYear(), minute.getUTCMonth() + 1, 0)).getUTCDate();

/** The weekday nearest to a day, never leaving the month. */
const nearestWeekday = (minute: Date, day: number): number => {
  const weekday = new Date(Date.UTC(minute.getUTCFullYear(), minute.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === lastDay(minute) ? day - 2 : day + 1;
  return day;
};

const dayOfMonthTest = (text: string): Test | undefined => {
  if (text === 'L') return (minute) => minute.getUTCDate() === lastDay(minute);
  const weekday = /^(\d+)W$/.exec(text)?.[1];
  if (weekday === undefined) return undefined;
  const day = valueOf(FIELDS.dayOfMonth, weekday);
  return (minute) => day <= lastDay(minute) && minute.getUTCDate() === nearestWeekday(minute, day);
};

const dayOfWeekTest = (text: string): Test | undefined => {
  const nth = /^(\w+)#([1-5])$/.exec(text);
  if (nth !== null) {
    const [, named, ordinal] = nth;
    const wanted = valueOf(FIELDS.dayOfWeek, named);
    return (m) => FIELDS.dayOfWeek.of(m) === wanted && Math.ceil(m.getUTCDate() / 7) === Number(ordinal);
  }
  const last = /^(\w+)L$/.exec(text)?.[1];
  if (last === undefined) return text === 'L' ? (m) => m.getUTCDay() === 6 : undefined;
  const wanted = valueOf(FIELDS.dayOfWeek, last);
  return (m) => FIELDS.dayOfWeek.of(m) === wanted && m.getUTCDate() + 7 > lastDay(m);
};

const fieldTest = (field: Field, text: string, special: (part: string) => Test | undefined): Test => {
  const tests = text.split(',').map((part): Test => {
    const found = special(part);
    if (found !== undefined) return found;
    const inRange = rangeTest(field, part);
    return (minute) => inRange(field.of(minute));
  });
  return (minute) => tests.some((test) => test(minute));
};

const always: Test = () => true;
const none = (): undefined => undefined;

/** Compiles the six fields of an EventBridge cron expression; one of the two day fields must be `?`. */
export const cronTest = (expression: string): Test => {
  const parts = expression.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = parts;
  if (parts.length !== 6) {
    throw invalid(`Parameter ScheduleExpression is not valid: cron(...) has six fields, got ${parts.length}`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw invalid(
      `Parameter ScheduleExpression is not valid: exactly one of the two day fields of cron(...) must be '?'`,
    );
  }
  const tests = [
    fieldTest(FIELDS.minutes, minutes, none),
    fieldTest(FIELDS.hours, hours, none),
    dayOfMonth === '?' ? always : fieldTest(FIELDS.dayOfMonth, dayOfMonth, dayOfMonthTest),
    fieldTest(FIELDS.month, month, none),
    dayOfWeek === '?' ? always : fieldTest(FIELDS.dayOfWeek, dayOfWeek, dayOfWeekTest),
    fieldTest(FIELDS.year, year, none),
  ];
  return (minute) => tests.every((test) => test(minute));
};
