import type { LogEvent } from './log-stream';

/** An answer with events has at most 1 MiB, counted as at PutLogEvents. */
const MAX_BYTES = 1_048_576;
const EVENT_OVERHEAD_BYTES = 26;

/** How many events from the start fit into one answer; at least one. */
export const fitting = (events: readonly LogEvent[]): number => {
  let bytes = 0;
  const tooMany = events.findIndex(({ message }) => {
    bytes += Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
    return bytes > MAX_BYTES;
  });
  return tooMany < 0 ? events.length : Math.max(1, tooMany);
};
