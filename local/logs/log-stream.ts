import type { Clock } from '../core/clock';
import type { Journal, Place } from './journal';

/** One line of a log. */
export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface StoredEvent extends LogEvent {
  readonly ingestionTime: number;
}

/** What one PutLogEvents left in the journal. */
interface Batch {
  readonly place: Place;
  readonly count: number;
  readonly ingestionTime: number;
}

/** The log of one attempt, function instance or execution. Keeps where its events are, not the events. */
export interface LogStream {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly count: number;
  readonly firstTimestamp?: number;
  readonly lastTimestamp?: number;
  readonly lastIngestion?: number;
  /** `events` are in order and not empty. */
  append(events: readonly LogEvent[]): void;
  /** Events by their position in time. */
  slice(from: number, to: number): readonly StoredEvent[];
  /** The positions of events with `start <= timestamp < end`. */
  range(start: number, end: number): { readonly from: number; readonly to: number };
}

type Line = readonly [timestamp: number, message: string];

const isLine = (value: unknown): value is Line =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string';

/** A stream as it is kept: where its events are. */
export interface KeptStream {
  readonly name: string;
  readonly createdAt: number;
  readonly batches: readonly Batch[];
  readonly inOrder: boolean;
  readonly firstTimestamp?: number;
  readonly lastTimestamp?: number;
}

/** A stream that goes on from what was kept; `changed` is told when it has more. */
export const createLogStream = (
  arn: string,
  journal: Journal,
  clock: Clock,
  kept: KeptStream,
  changed: (kept: KeptStream) => void,
): LogStream => {
  const { name, createdAt } = kept;
  const batches: Batch[] = [...kept.batches];
  let count = batches.reduce((sum, batch) => sum + batch.count, 0);
  let { inOrder, firstTimestamp, lastTimestamp } = kept;

  const load = ({ place, ingestionTime }: Batch): readonly StoredEvent[] => {
    const lines: unknown = JSON.parse(journal.read(place));
    if (!Array.isArray(lines)) return [];
    return lines.filter(isLine).map(([timestamp, message]) => ({ timestamp, message, ingestionTime }));
  };

  // Sorting is stable: events of the same time stay in the order of their arrival.
  const all = (): readonly StoredEvent[] =>
    batches.flatMap(load).sort((left, right) => left.timestamp - right.timestamp);

  const slice = (from: number, to: number): readonly StoredEvent[] => {
    if (!inOrder) return all().slice(from, to);
    const found: StoredEvent[] = [];
    let position = 0;
    for (const batch of batches) {
      const end = position + batch.count;
      if (end > from && position < to) {
        found.push(...load(batch).slice(Math.max(0, from - position), Math.min(batch.count, to - position)));
      }
      position = end;
      if (position >= to) break;
    }
    return found;
  };

  const before = (time: number): number => {
    if (lastTimestamp === undefined || lastTimestamp < time) return count;
    if (firstTimestamp === undefined || firstTimestamp >= time) return 0;
    const events = inOrder ? slice(0, count) : all();
    return events.filter(({ timestamp }) => timestamp < time).length;
  };

  return {
    name,
    arn,
    createdAt,
    get count() {
      return count;
    },
    get firstTimestamp() {
      return firstTimestamp;
    },
    get lastTimestamp() {
      return lastTimestamp;
    },
    get lastIngestion() {
      return batches.at(-1)?.ingestionTime;
    },
    append: (events) => {
      const first = events.at(0)?.timestamp ?? 0;
      const last = events.at(-1)?.timestamp ?? 0;
      const place = journal.append(JSON.stringify(events.map(({ timestamp, message }) => [timestamp, message])));
      batches.push({ place, count: events.length, ingestionTime: clock.now() });
      inOrder &&= lastTimestamp === undefined || first >= lastTimestamp;
      firstTimestamp = Math.min(firstTimestamp ?? first, first);
      lastTimestamp = Math.max(lastTimestamp ?? last, last);
      count += events.length;
      changed({ name, createdAt, batches, inOrder, firstTimestamp, lastTimestamp });
    },
    slice,
    range: (start, end) => ({ from: before(start), to: before(end) }),
  };
};
