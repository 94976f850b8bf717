import type { Clock } from '../core/clock';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { fitting } from './answer-size';
import { invalid } from './errors';
import { groupName, oldest, streamIn, type LogStore } from './log-group';
import type { LogStream, StoredEvent } from './log-stream';
import { limitOf } from './pages';

const MAX_EVENTS = 10_000;

interface Window {
  readonly from: number;
  readonly to: number;
}

interface Page extends Window {
  readonly events: readonly StoredEvent[];
}

const token = (direction: 'f' | 'b', position: number): string => `${direction}/${String(position).padStart(20, '0')}`;

/** Events upwards from a position. */
const forward = (stream: LogStream, { from, to }: Window, start: number, limit: number): Page => {
  const first = Math.min(Math.max(start, from), Math.max(to, from));
  const events = stream.slice(first, Math.min(first + limit, to));
  const count = fitting(events);
  return { events: events.slice(0, count), from: first, to: first + count };
};

/** Events downwards from a position, still in the order of time. */
const backward = (stream: LogStream, { from, to }: Window, end: number, limit: number): Page => {
  const last = Math.max(Math.min(end, to), from);
  const events = stream.slice(Math.max(from, last - limit), last);
  const count = fitting([...events].reverse());
  return { events: events.slice(events.length - count), from: last - count, to: last };
};

const pageOf = (stream: LogStream, reader: Reader, earliest: number, limit: number): Page => {
  const start = Math.max(reader.optionalNumber('startTime') ?? Number.NEGATIVE_INFINITY, earliest);
  const end = reader.optionalNumber('endTime') ?? Number.POSITIVE_INFINITY;
  const window = stream.range(start, end);
  const given = reader.optionalText('nextToken');
  if (given === undefined) {
    return reader.flag('startFromHead')
      ? forward(stream, window, window.from, limit)
      : backward(stream, window, window.to, limit);
  }
  const parsed = /^([fb])\/(\d{20})$/.exec(given);
  if (parsed === null) throw invalid('The specified nextToken is invalid.');
  const [, direction, position] = parsed;
  return direction === 'f'
    ? forward(stream, window, Number(position), limit)
    : backward(stream, window, Number(position), limit);
};

/** GetLogEvents: a page of one stream. At either end the token stays the same. */
export const getLogEvents =
  (clock: Clock, store: LogStore): Operation =>
  (input) => {
    const reader = new Reader(input);
    const group = store.get(groupName(reader));
    const stream = streamIn(group, reader.text('logStreamName'));
    const { events, from, to } = pageOf(stream, reader, oldest(group, clock), limitOf(reader, MAX_EVENTS));
    return { events, nextForwardToken: token('f', to), nextBackwardToken: token('b', from) };
  };
