import { randomUUID } from 'node:crypto';
import type { Input, Output } from '../../core/service';
import type { World } from '../../core/world';
import type { FunctionStore } from '../function-store';
import { invokeOnce, MAX_SYNC_BYTES } from '../invocation';
import type { Pool } from '../pool';
import { failedOf } from './failures';
import { compileFilters } from './filter';
import type { EventSourceMapping } from './mapping';
import { messagesIn, type SourceMessage } from './queue-record';

/** Batches at a time of a mapping that does not say; AWS begins with five. */
const CONCURRENCY = 5;
const MAX_RECEIVED = 10;
const LONG_POLL_SECONDS = 20;
const AFTER_ERROR_MS = 5_000;

/** Brings the messages of one queue to one function, until it is stopped. */
export class QueuePoller {
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly passes: ReturnType<typeof compileFilters>;

  constructor(
    private readonly world: World,
    private readonly functions: FunctionStore,
    private readonly pool: Pool,
    private readonly mapping: EventSourceMapping,
  ) {
    this.passes = compileFilters(mapping.filters);
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
        if (this.running.size >= (this.mapping.maxConcurrency ?? CONCURRENCY)) await Promise.race(this.running);
      } catch (error) {
        const { queueArn, functionName } = this.mapping;
        if (this.isOpen() && !complained) this.world.note(`${functionName} cannot read ${queueArn}: ${String(error)}`);
        complained = true;
        await this.world.clock.sleep(AFTER_ERROR_MS, this.stopped.signal).catch(() => undefined);
      }
    }
  }

  /** One batch: as large as it may be, or as many messages as came in time. */
  private async gather(): Promise<readonly SourceMessage[]> {
    const { batchSize, window, queueArn } = this.mapping;
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
    } while (this.isOpen() && gathered.length < batchSize && bytes < MAX_SYNC_BYTES / 2 && clock.now() < until);
    return gathered;
  }

  private start(batch: readonly SourceMessage[]): void {
    const run = this.handle(batch)
      .catch((error: unknown) => {
        if (this.isOpen()) this.world.note(`a batch for ${this.mapping.functionName} returns later: ${String(error)}`);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** What fails stays in flight, and turns visible again when its time is up. */
  private async handle(batch: readonly SourceMessage[]): Promise<void> {
    const fn = this.functions.find(this.mapping.functionName);
    if (fn === undefined) return;
    const event = JSON.stringify({ Records: batch.map(({ record }) => record) });
    const result = await invokeOnce(this.pool, fn, { requestId: randomUUID(), event, patient: true });
    const ids = batch.map(({ id }) => id);
    const failed = failedOf(result, this.mapping.reportsFailures, ids);
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

  /** As the role of the function, as Lambda does it. */
  private call(operation: string, input: Input): Promise<Output> {
    const role = this.functions.find(this.mapping.functionName)?.configuration.role ?? '';
    const { queueArn: QueueUrl } = this.mapping;
    return this.world.call({ service: 'sqs', operation, input: { QueueUrl, ...input }, principal: { arn: role } });
  }
}
