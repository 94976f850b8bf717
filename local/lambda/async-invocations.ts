import type { Collection } from '../core/collection';
import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import { type Condition, deliver, destinationRecord } from './destinations';
import { DEFAULT_EVENT_INVOKE } from './event-invoke-config';
import type { LambdaFunction } from './function';
import type { FunctionStore } from './function-store';
import { type InvocationResult, invokeOnce } from './invocation';
import type { Pool } from './pool';

/** Wait before each retry: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const RETRY_MS = [60_000, 120_000];
/** Wait after each throttled attempt, up to the longest. */
const THROTTLED_MS = { first: 1_000, longest: 300_000 };

interface Pending {
  readonly name: string;
  readonly requestId: string;
  /** As the caller named it. */
  readonly functionArn?: string;
  readonly event: string;
  readonly clientContext?: string;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** Attempts that ran. */
  readonly attempts: number;
  /** Attempts since that were throttled. */
  readonly throttled: number;
}

const isThrottled = (error: unknown): boolean => error instanceof AwsError && error.statusCode === 429;

const isSwitchedOff = ({ reservedConcurrency }: LambdaFunction): boolean => reservedConcurrency === 0;

/** Events that nobody waits for: tried up to three times, then sent on to where failures go. */
export class AsyncInvocations {
  private readonly events: Collection<Pending>;
  private open = true;

  constructor(
    private readonly world: World,
    private readonly functions: FunctionStore,
    private readonly pool: Pool,
  ) {
    this.events = world.collection('lambda/events');
    world.onOpen(() => {
      for (const pending of this.events.values()) this.schedule(pending);
    });
  }

  add(event: Pick<Pending, 'name' | 'requestId' | 'functionArn' | 'event' | 'clientContext'>): void {
    const now = this.world.clock.now();
    this.schedule({ ...event, acceptedAt: now, dueAt: now, attempts: 0, throttled: 0 });
  }

  close(): void {
    this.open = false;
  }

  private schedule(pending: Pending): void {
    this.events.set(pending.requestId, pending);
    // In a later turn even when it is due: the caller has its answer before the function runs.
    this.world.clock.after(Math.max(0, pending.dueAt - this.world.clock.now()), () => {
      this.run(pending).catch((error: unknown) => {
        if (!this.open) return;
        this.events.delete(pending.requestId);
        this.world.note(`the event ${pending.requestId} for ${pending.name} is lost: ${String(error)}`);
      });
    });
  }

  private async run(pending: Pending): Promise<void> {
    const fn = this.functions.find(pending.name);
    if (fn === undefined) {
      this.events.delete(pending.requestId);
      return;
    }
    const result = await invokeOnce(this.pool, fn, { ...pending, patient: true }).catch((error: unknown) => {
      if (isThrottled(error)) return undefined;
      throw error;
    });
    // What was under way when the endpoint stopped is tried again by the next one.
    if (!this.open) return;
    const attempts = pending.attempts + (result === undefined ? 0 : 1);
    if (result?.failed !== false && this.again(fn, { ...pending, attempts }, result)) return;
    this.events.delete(pending.requestId);
    const { onSuccess } = fn.eventInvoke ?? DEFAULT_EVENT_INVOKE;
    if (result?.failed !== false) await this.fail(fn, { ...pending, attempts }, result);
    else if (onSuccess !== undefined) await this.send(fn, onSuccess, { ...pending, attempts }, 'Success', result);
  }

  /** Whether the event is tried again. */
  private again(fn: LambdaFunction, pending: Pending, result: InvocationResult | undefined): boolean {
    const { maxRetries, maxAge } = fn.eventInvoke ?? DEFAULT_EVENT_INVOKE;
    if (isSwitchedOff(fn) || (result !== undefined && pending.attempts > maxRetries)) return false;
    const throttled = result === undefined ? pending.throttled + 1 : 0;
    const wait =
      throttled > 0
        ? Math.min(THROTTLED_MS.longest, THROTTLED_MS.first * 2 ** (throttled - 1))
        : (RETRY_MS[pending.attempts - 1] ?? 0);
    const dueAt = this.world.clock.now() + wait;
    if (dueAt > pending.acceptedAt + maxAge * 1_000) return false;
    this.schedule({ ...pending, throttled, dueAt });
    return true;
  }

  /** Sends a failure to the destination for failures and to the dead-letter target. */
  private async fail(fn: LambdaFunction, pending: Pending, result: InvocationResult | undefined): Promise<void> {
    const { deadLetterTarget } = fn.configuration;
    const { onFailure, maxRetries } = fn.eventInvoke ?? DEFAULT_EVENT_INVOKE;
    if (onFailure === undefined && deadLetterTarget === undefined) {
      const note = `${fn.name} failed ${pending.attempts} times for the event ${pending.requestId}; its log says why`;
      this.world.note(note);
    }
    const usual = pending.attempts > maxRetries ? 'RetriesExhausted' : 'EventAgeExceeded';
    const condition = isSwitchedOff(fn) ? 'ZeroReservedConcurrency' : usual;
    if (onFailure !== undefined) await this.send(fn, onFailure, pending, condition, result);
    if (deadLetterTarget === undefined) return;
    const ErrorMessage = result?.payload.slice(0, 1_024) ?? 'Rate Exceeded.';
    const ErrorCode = result === undefined ? '429' : '200';
    const attributes = { RequestID: pending.requestId, ErrorCode, ErrorMessage };
    await deliver(this.world, fn, deadLetterTarget, pending.event, attributes);
  }

  private send(
    fn: LambdaFunction,
    arn: string,
    { requestId, functionArn, event, attempts }: Pending,
    condition: Condition,
    result: InvocationResult | undefined,
  ): Promise<void> {
    const outcome = { requestId, functionArn, event, condition, attempts, payload: result?.payload };
    return deliver(this.world, fn, arn, destinationRecord(fn, this.world.clock.date(), outcome));
  }
}
