import type { Readable } from 'node:stream';
import type { Input, Principal } from './service';
import { persistently } from './transient';
import type { World } from './world';

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** Where the output of a process goes, and who writes it. */
export interface LogPlace {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly principal: Principal;
}

const FLUSH_AFTER_MS = 250;
const MAX_EVENTS = 1000;
const MAX_PENDING_BYTES = 256 * 1024;
/** The longest message of an event; a longer line becomes several. */
const MAX_MESSAGE = 256 * 1024 - 26;

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

const callLogs = (world: World, { principal, ...stream }: LogPlace, operation: string, more: Input = {}) =>
  persistently(world.clock, () => world.call({ service: 'logs', operation, input: { ...stream, ...more }, principal }));

/** Creates a log stream, and its group when that is missing, as `creator`; without one, nobody may. */
export const createLogStream = async (world: World, place: LogPlace, creator: Principal | undefined): Promise<void> => {
  try {
    await callLogs(world, place, 'CreateLogStream');
  } catch (error) {
    if (creator === undefined || !isMissing(error)) throw error;
    const { logGroupName } = place;
    const group = { service: 'logs', operation: 'CreateLogGroup', input: { logGroupName }, principal: creator };
    // Another process may have made it by now.
    await persistently(world.clock, () => world.call(group)).catch(() => undefined);
    await callLogs(world, place, 'CreateLogStream');
  }
};

/** Collects the output of a process line by line, and passes it on to its log stream in batches. */
export class ProcessLog {
  private events: LogEvent[] = [];
  private pendingBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private sent: Promise<void>;
  private complained = false;
  private readonly sources: Readable[] = [];

  /** `opened` is for a stream that is still being created. */
  constructor(
    private readonly world: World,
    private readonly place: LogPlace,
    opened?: Promise<void>,
  ) {
    this.sent = opened?.catch(this.complain) ?? Promise.resolve();
  }

  line(text: string): void {
    // CloudWatch Logs takes no empty event.
    for (let start = 0; start < text.length; start += MAX_MESSAGE) {
      const message = text.slice(start, start + MAX_MESSAGE);
      this.events.push({ timestamp: this.world.clock.now(), message });
      this.pendingBytes += message.length;
    }
    if (this.events.length >= MAX_EVENTS || this.pendingBytes >= MAX_PENDING_BYTES) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS);
  }

  /** Reads lines from a stream until it ends. */
  read(
    source: Readable,
    take: (line: string) => void = (line) => {
      this.line(line);
    },
  ): void {
    let rest = '';
    this.sources.push(source);
    source.setEncoding('utf8');
    source.on('data', (chunk: string) => {
      const lines = chunk.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (rest.length >= MAX_MESSAGE) {
        take(rest);
        rest = '';
      }
    });
    source.on('end', () => {
      if (rest !== '') take(rest);
    });
  }

  /** Resolves when all lines are in the log. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return this.sent;
    const logEvents = this.events;
    this.events = [];
    this.pendingBytes = 0;
    // A process that writes faster than its log is taken has to wait.
    for (const source of this.sources) source.pause();
    this.sent = this.sent.then(async () => {
      await callLogs(this.world, this.place, 'PutLogEvents', { logEvents }).catch(this.complain);
      for (const source of this.sources) source.resume();
    });
    return this.sent;
  }

  private readonly complain = (error: unknown): void => {
    const { logGroupName, logStreamName } = this.place;
    if (!this.complained) {
      this.world.note(`the log stream ${logStreamName} of ${logGroupName} is incomplete: ${String(error)}`);
    }
    this.complained = true;
  };
}
