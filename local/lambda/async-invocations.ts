import type { World } from '../core/world';
import { deliver, destinationRecord } from './destinations';
import { DEFAULT_EVENT_INVOKE } from './event-invoke-config';
import type { LambdaFunction } from './function';
import type { FunctionStore } from './function-store';
import { type InvocationResult, invokeOnce } from './invocation';
import type { Pool } from './pool';

/** Wait before each retry. AWS waits one and two minutes; nobody watches a laptop that long. */
const RETRY_MS = [1_000, 2_000];

interface Pending {
  readonly name: string;
  readonly requestId: string;
  readonly event: string;
  readonly clientContext?: string;
}

/** Events that nobody waits for: tried up to three times, then sent on to where failures go. */
export class AsyncInvocations {
  private readonly timers = new Set<NodeJS.Timeout>();
  private open = true;

  constructor(
    private readonly world: World,
    private readonly functions: FunctionStore,
    private readonly pool: Pool,
  ) {}

  add(pending: Pending): void {
    // In the next turn: the caller has its answer before the function runs.
    setImmediate(() => {
      this.attempt(pending, 1);
    });
  }

  close(): void {
    this.open = false;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private attempt(pending: Pending, count: number): void {
    this.run(pending, count).catch((error: unknown) => {
      if (this.open) this.world.note(`the event ${pending.requestId} for ${pending.name} is lost: ${String(error)}`);
    });
  }

  private async run(pending: Pending, count: number): Promise<void> {
    const fn = this.functions.find(pending.name);
    if (fn === undefined || !this.open) return;
    const result = await invokeOnce(this.pool, fn, { ...pending, patient: true });
    const { maxRetries, onSuccess } = fn.eventInvoke ?? DEFAULT_EVENT_INVOKE;
    if (!result.failed) {
      if (onSuccess !== undefined) await this.send(fn, onSuccess, pending, result, count);
      return;
    }
    if (count > maxRetries) {
      await this.fail(fn, pending, result, count);
      return;
    }
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.attempt(pending, count + 1);
      },
      RETRY_MS[count - 1],
    );
    this.timers.add(timer);
  }

  /** Sends a failure to the destination for failures and to the dead-letter target. */
  private async fail(fn: LambdaFunction, pending: Pending, result: InvocationResult, count: number): Promise<void> {
    const { deadLetterTarget } = fn.configuration;
    const onFailure = fn.eventInvoke?.onFailure;
    if (onFailure === undefined && deadLetterTarget === undefined) {
      this.world.note(`${fn.name} failed ${count} times for the event ${pending.requestId}; its log says why`);
    }
    if (onFailure !== undefined) await this.send(fn, onFailure, pending, result, count);
    if (deadLetterTarget === undefined) return;
    const attributes = { RequestID: pending.requestId, ErrorCode: '200', ErrorMessage: result.payload.slice(0, 1_024) };
    await deliver(this.world, fn, deadLetterTarget, pending.event, attributes);
  }

  private send(
    fn: LambdaFunction,
    arn: string,
    pending: Pending,
    result: InvocationResult,
    count: number,
  ): Promise<void> {
    return deliver(this.world, fn, arn, destinationRecord(fn, { ...pending, ...result, count }));
  }
}
