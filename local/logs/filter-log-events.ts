import type { Clock } from '../core/clock';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { fitting } from './answer-size';
import { invalid } from './errors';
import { compileFilter } from './filter-pattern';
import { groupName, oldest, streamIn, type LogGroup, type LogStore } from './log-group';
import type { LogStream, StoredEvent } from './log-stream';
import { limitOf, startOf } from './pages';

const MAX_EVENTS = 10_000;

interface FoundEvent extends StoredEvent {
  readonly logStreamName: string;
  readonly eventId: string;
}

const streamsOf = (group: LogGroup, reader: Reader): readonly LogStream[] => {
  if (reader.has('logStreamNames') && reader.has('logStreamNamePrefix')) {
    throw invalid('Either logStreamNames or logStreamNamePrefix can be given, not both.');
  }
  if (reader.has('logStreamNames')) return reader.texts('logStreamNames').map((name) => streamIn(group, name));
  const prefix = reader.optionalText('logStreamNamePrefix') ?? '';
  return [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
};

const inOrder = (left: FoundEvent, right: FoundEvent): number => left.timestamp - right.timestamp;

/** Keeps the earliest events only: a group may be larger than the memory. */
const createEarliest = (count: number) => {
  let kept: FoundEvent[] = [];
  let dropped = false;
  const shrink = (): void => {
    kept.sort(inOrder);
    dropped ||= kept.length > count;
    kept = kept.slice(0, count);
  };
  return {
    add: (event: FoundEvent): void => {
      kept.push(event);
      if (kept.length >= 2 * count + 1_000) shrink();
    },
    result: () => {
      shrink();
      return { events: kept, more: dropped };
    },
  };
};

/** Events are read in portions. */
const PORTION = 10_000;

/** FilterLogEvents: the lines of many streams, by time. */
export const filterLogEvents =
  (clock: Clock, store: LogStore): Operation =>
  (input) => {
    const reader = new Reader(input);
    const group = store.get(groupName(reader));
    const streams = streamsOf(group, reader);
    const matches = compileFilter(reader.optionalText('filterPattern') ?? '');
    const start = Math.max(reader.optionalNumber('startTime') ?? Number.NEGATIVE_INFINITY, oldest(group, clock));
    // Unlike in GetLogEvents the end belongs to the range.
    const end = (reader.optionalNumber('endTime') ?? Number.POSITIVE_INFINITY) + 1;
    const skip = startOf(reader);
    const wanted = skip + limitOf(reader, MAX_EVENTS);
    const earliest = createEarliest(wanted);
    for (const stream of streams) {
      const { from, to } = stream.range(start, end);
      for (let position = from; position < to; position += PORTION) {
        stream.slice(position, Math.min(to, position + PORTION)).forEach((event, index) => {
          if (!matches(event.message)) return;
          const eventId = `${stream.name}/${position + index}`;
          earliest.add({ logStreamName: stream.name, ...event, eventId });
        });
      }
    }
    const { events, more } = earliest.result();
    const page = events.slice(skip, wanted);
    const count = fitting(page);
    const nextToken = more || count < page.length ? String(skip + count) : undefined;
    return { events: page.slice(0, count), searchedLogStreams: [], nextToken };
  };
