import type { Readable } from 'node:stream';

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
}

const FLUSH_AFTER_MS = 250;
const MAX_EVENTS = 1000;
const MAX_PENDING_BYTES = 256 * 1024;
/** The longest message of an event; a longer line becomes several. */
const MAX_MESSAGE = 256 * 1024 - 26;

/** Collects the output of a process line by line, and passes it on in batches. */
export class LogSink {
  private events: LogEvent[] = [];
  private pendingBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private sent: Promise<void> = Promise.resolve();
  private readonly sources: Readable[] = [];

  constructor(private readonly put: (events: readonly LogEvent[]) => Promise<void>) {}

  line(text: string): void {
    // CloudWatch Logs takes no empty event.
    for (let start = 0; start < text.length; start += MAX_MESSAGE) {
      const message = text.slice(start, start + MAX_MESSAGE);
      this.events.push({ timestamp: Date.now(), message });
      this.pendingBytes += message.length;
    }
    if (this.events.length >= MAX_EVENTS || this.pendingBytes >= MAX_PENDING_BYTES) this.flush();
    else
      this.timer ??= setTimeout(() => {
        this.flush();
      }, FLUSH_AFTER_MS);
  }

  /** Reads lines from a stream until it ends. */
  read(source: Readable): void {
    let rest = '';
    this.sources.push(source);
    source.setEncoding('utf8');
    source.on('data', (chunk: string) => {
      const lines = chunk.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const line of lines) this.line(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (rest.length >= MAX_MESSAGE) {
        this.line(rest);
        rest = '';
      }
    });
    source.on('end', () => {
      this.line(rest);
    });
  }

  /** Passes on what is left. */
  async close(): Promise<void> {
    this.flush();
    await this.sent;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.events.length === 0) return;
    const batch = this.events;
    this.events = [];
    this.pendingBytes = 0;
    // A process that writes faster than its log is taken has to wait.
    for (const source of this.sources) source.pause();
    this.sent = this.sent.then(async () => {
      await this.put(batch);
      for (const source of this.sources) source.resume();
    });
  }
}
