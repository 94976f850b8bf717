import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { isRecord } from '../core/json';

/** An event as rules see it and targets get it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** EventBridge writes times without fractions of a second. */
const timeText = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

/** Over the wire a time is seconds since 1970; other services of this endpoint may give a date or its text. */
const timeOf = (entry: Reader, world: World): Date => {
  const value = entry.values.Time;
  if (value === undefined || value === null) return world.clock.date();
  if (value instanceof Date) return value;
  const time = new Date(typeof value === 'number' ? value * 1_000 : Date.parse(entry.text('Time')));
  if (Number.isNaN(time.getTime()))
    throw new AwsError('InvalidArgument', `Time is not a time: ${JSON.stringify(value)}`);
  return time;
};

const parseDetail = (text: string): unknown => {
  let detail: unknown;
  try {
    detail = JSON.parse(text);
  } catch {
    throw new AwsError('MalformedDetail', 'Detail is malformed.');
  }
  if (!isRecord(detail)) throw new AwsError('MalformedDetail', 'Detail is malformed: it must be a JSON object.');
  return detail;
};

const required = (entry: Reader, name: string): string => {
  const text = entry.optionalText(name);
  if (text === undefined || text === '') {
    throw new AwsError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
  }
  return text;
};

/** Makes the event of an entry of PutEvents. */
export const eventOf = (entry: Reader, world: World): BusEvent => {
  const source = required(entry, 'Source');
  const detailType = required(entry, 'DetailType');
  const detail = parseDetail(required(entry, 'Detail'));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: world.account,
    time: timeText(timeOf(entry, world)),
    region: world.region,
    resources: entry.texts('Resources'),
    detail,
  };
};

/** The event of a rule with a schedule. */
export const scheduledEvent = (ruleArn: string, time: Date, world: World): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: world.account,
  time: timeText(time),
  region: world.region,
  resources: [ruleArn],
  detail: {},
});
