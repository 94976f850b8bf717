import type { Input, Output, Principal } from '../core/service';
import type { World } from '../core/world';
import { compileFilters } from './filter';
import { messagesIn, type SourceMessage } from './queue-record';

/** Who gets the messages of a queue, and how. */
export interface Polling {
  readonly queueArn: string;
  /** For the person at the terminal. */
  readonly receiver: string;
  readonly batchSize: number;
  /** Seconds to gather a batch. */
  readonly window: number;
  readonly filters: readonly string[];
  /** Most batches at a time. */
  readonly maxConcurrency?: number;
  /** Who reads the queue. */
  readonly principal: () => Principal | Promise<Principal>;
  /** Answers the ids of those that failed: they stay in flight, and turn visible again when their time is up. */
  readonly handle: (batch: readonly SourceMessage[]) => Promise<ReadonlySet<string>>;
}

/** Batches at a time unless it is said; AWS begins with five. */
const CONCURRENCY = 5;
const MAX_RECEIVED = 10;
/** Most bytes of a batch: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BATCH_BYTES = 6 * 1024 * 1024;
const LONG_POLL_SECONDS = 20;
const AFTER_ERROR_MS = 5_000;

/** Brings the messages of one queue to somebody, until it is stopped. */
export class QueuePoller {
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly passes: ReturnType<typeof compileFilters>;

  constructor(
    private readonly world: World,
    private readonly polling: Polling,
  ) {
    this.passes = compileFilters(polling.filters);
    void this.poll();
  }

  stop(): void {
    this.stopped.abort(new Error('stopped'));
  }

  private isOpen(): boolean {
    return !this.stopped.signal.aborted;
  }

  private async poll(): Promise<void> {
    let complained = false;
    while (this.isOpen()) {
      try {
        const batch = await this.gather();
        complained = false;
        if (batch.length === 0) continue;
        if (!this.isOpen()) await this.release(batch);
        else this.start(batch);
        if (this.running.size >= (this.polling.maxConcurrency ?? CONCURRENCY)) await Promise.race(this.running);
      } catch (error) {
        const { queueArn, receiver } = this.polling;
        if (this.isOpen() && !complained) this.world.note(`${receiver} cannot read ${queueArn}: ${String(error)}`);
        complained = true;
        await this.world.clock.sleep(AFTER_ERROR_MS, this.stopped.signal).catch(() => undefined);
      }
    }
  }

  /** One batch: as large as it may be, or as many messages as came in time. */
  private async gather(): Promise<readonly SourceMessage[]> {
    const { batchSize, window, queueArn } = this.polling;
    const { clock, region } = this.world;
    const gathered: SourceMessage[] = [];
    let bytes = 0;
    let until = Number.POSITIVE_INFINITY;
    do {
      const left = Number.isFinite(until) ? Math.floor((until - clock.now()) / 1_000) : LONG_POLL_SECONDS;
      const output = await this.call('ReceiveMessage', {
        MaxNumberOfMessages: Math.min(MAX_RECEIVED, batchSize - gathered.length),
        WaitTimeSeconds: Math.min(LONG_POLL_SECONDS, Math.max(0, left)),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const received = messagesIn(output, queueArn, region);
      const wanted = received.filter(({ record, body }) => this.passes(record, body));
      await this.remove(received.filter((message) => !wanted.includes(message)));
      gathered.push(...wanted);
      bytes += wanted.reduce((sum, { record }) => sum + Buffer.byteLength(JSON.stringify(record)), 0);
      if (gathered.length > 0 && until === Number.POSITIVE_INFINITY) until = clock.now() + window * 1_000;
      if (received.length === 0 && Number.isFinite(until) && left < 1) break;
      // Room for as many messages of the largest size as come at a time.
    } while (this.isOpen() && gathered.length < batchSize && bytes < MAX_BATCH_BYTES / 2 && clock.now() < until);
    return gathered;
  }

  private start(batch: readonly SourceMessage[]): void {
    const run = this.handle(batch)
      .catch((error: unknown) => {
        if (this.isOpen()) this.world.note(`a batch for ${this.polling.receiver} returns later: ${String(error)}`);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  private async handle(batch: readonly SourceMessage[]): Promise<void> {
    const failed = await this.polling.handle(batch);
    await this.remove(batch.filter(({ id }) => !failed.has(id)));
  }

  private remove(messages: readonly SourceMessage[]): Promise<void> {
    return this.inTens('DeleteMessageBatch', messages, {});
  }

  private release(messages: readonly SourceMessage[]): Promise<void> {
    return this.inTens('ChangeMessageVisibilityBatch', messages, { VisibilityTimeout: 0 });
  }

  private async inTens(operation: string, messages: readonly SourceMessage[], more: Input): Promise<void> {
    for (let start = 0; start < messages.length; start += MAX_RECEIVED) {
      const some = messages.slice(start, start + MAX_RECEIVED);
      const Entries = some.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle, ...more }));
      await this.call(operation, { Entries });
    }
  }

  private async call(operation: string, input: Input): Promise<Output> {
    const { queueArn: QueueUrl, principal } = this.polling;
    const call = { service: 'sqs', operation, input: { QueueUrl, ...input } };
    return this.world.call({ ...call, principal: await principal() });
  }
}
