import type { Clock } from '../core/clock';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { isRecord } from '../core/json';
import { publishMetrics } from './embedded-metrics';
import { invalid } from './errors';
import { oldest, streamIn, type LogGroup, type LogStore } from './log-group';
import type { LogEvent } from './log-stream';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const EVENT_OVERHEAD_BYTES = 26;
const DAY_MS = 86_400_000;
const MAX_AGE_MS = 14 * DAY_MS;
const MAX_FUTURE_MS = 2 * 3_600_000;

const isEvent = (value: unknown): value is LogEvent =>
  isRecord(value) && Number.isInteger(value.timestamp) && typeof value.message === 'string' && value.message !== '';

/** One pass over the events: thousands of jobs write at a time. */
const check = (events: readonly unknown[]): readonly LogEvent[] => {
  if (events.length < 1 || events.length > MAX_EVENTS) {
    throw invalid(`'logEvents' must have 1 to ${MAX_EVENTS} members, got ${events.length}`);
  }
  let bytes = 0;
  let previous = Number.NEGATIVE_INFINITY;
  const checked = events.map((event, index) => {
    if (!isEvent(event)) {
      throw invalid(`'logEvents[${index}]' must have a timestamp in milliseconds and a message that is not empty`);
    }
    if (event.timestamp < previous) {
      throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
    }
    previous = event.timestamp;
    bytes += Buffer.byteLength(event.message) + EVENT_OVERHEAD_BYTES;
    return event;
  });
  if (bytes > MAX_BYTES) throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BYTES}`);
  if (previous - checked[0].timestamp > DAY_MS) {
    throw invalid('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
  return checked;
};

const firstIndex = (events: readonly LogEvent[], from: number): number => {
  const index = events.findIndex(({ timestamp }) => timestamp >= from);
  return index < 0 ? events.length : index;
};

/** Sorts out what is too old or too new, and says which. */
const accept = (group: LogGroup, events: readonly LogEvent[], clock: Clock) => {
  const now = clock.now();
  const tooOld = firstIndex(events, now - MAX_AGE_MS);
  const expired = firstIndex(events, oldest(group, clock));
  const tooNew = firstIndex(events, now + MAX_FUTURE_MS);
  const rejected = {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(tooNew < events.length && { tooNewLogEventStartIndex: tooNew }),
  };
  const accepted = events.slice(Math.max(tooOld, expired), tooNew);
  return { accepted, rejected: Object.keys(rejected).length === 0 ? undefined : rejected };
};

/** PutLogEvents: writes to the journal of the group. */
export const putLogEvents =
  (world: World, store: LogStore): Operation =>
  async (input) => {
    const reader = new Reader(input);
    const group = store.get(reader.text('logGroupName'));
    const stream = streamIn(group, reader.text('logStreamName'));
    const { accepted, rejected } = accept(group, check(reader.list('logEvents')), world.clock);
    if (accepted.length > 0) stream.append(accepted);
    await publishMetrics(world, accepted);
    return { nextSequenceToken: String(stream.count), rejectedLogEventsInfo: rejected };
  };
