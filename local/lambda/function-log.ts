import { AwsError } from '../core/errors';
import type { World } from '../core/world';

interface Line {
  readonly timestamp: number;
  readonly message: string;
}

const FLUSH_MS = 100;
const MAX_BATCH = 1_000;
/** The longest message of an event in CloudWatch Logs. */
const MAX_MESSAGE = 256 * 1024 - 26;

const isMissingGroup = (error: unknown): boolean =>
  error instanceof AwsError && error.code === 'ResourceNotFoundException';

/** The log stream of one process of a function. */
export class FunctionLog {
  private lines: Line[] = [];
  private timer: NodeJS.Timeout | undefined;
  private written: Promise<void>;

  constructor(
    private readonly world: World,
    private readonly principal: { readonly arn: string },
    private readonly place: { readonly logGroupName: string; readonly logStreamName: string },
    /** True for the group that Lambda makes by itself. */
    private readonly ownGroup: boolean,
  ) {
    this.written = this.open();
  }

  line(text: string): void {
    for (let start = 0; start < text.length; start += MAX_MESSAGE) {
      this.lines.push({ timestamp: Date.now(), message: text.slice(start, start + MAX_MESSAGE) });
    }
    if (this.lines.length >= MAX_BATCH) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Resolves when all lines are in the log. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const logEvents = this.lines;
    this.lines = [];
    if (logEvents.length > 0) this.written = this.written.then(() => this.call('PutLogEvents', { logEvents }));
    return this.written;
  }

  private async open(): Promise<void> {
    try {
      await this.send('CreateLogStream', this.place);
    } catch (error) {
      if (!isMissingGroup(error) || !this.ownGroup) {
        this.world.note(`no logs in ${this.place.logGroupName}: ${String(error)}`);
        return;
      }
      await this.call('CreateLogGroup', {});
      await this.call('CreateLogStream', {});
    }
  }

  private async call(operation: string, more: object): Promise<void> {
    const { logGroupName } = this.place;
    try {
      await this.send(operation, { ...(operation === 'CreateLogGroup' ? { logGroupName } : this.place), ...more });
    } catch (error) {
      this.world.note(`no logs in ${logGroupName}: ${String(error)}`);
    }
  }

  private async send(operation: string, input: object): Promise<void> {
    await this.world.call({ service: 'logs', operation, input: { ...input }, principal: this.principal });
  }
}
