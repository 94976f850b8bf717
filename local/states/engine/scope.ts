import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { Json, JsonObject } from '../language/json';
import type { TaskTokens } from '../task-tokens';
import type { EventDetails, History } from './history';
import { type Attempt, newProgress, type Progress } from './progress';

/** What all states of an execution share. */
export interface ExecutionContext {
  readonly world: World;
  readonly principal: Principal;
  readonly history: History;
  readonly tokens: TaskTokens;
  /** Called when the progress of the outermost chain has changed. */
  readonly keep: () => void;
  /** `$states.context.Execution`. */
  readonly execution: JsonObject & { readonly Id: string };
  /** `$states.context.StateMachine`. */
  readonly stateMachine: JsonObject & { readonly Id: string };
}

/** A chain of states: the machine itself, a branch or an iteration. Variables of outer chains can be read, not written. */
export class Scope {
  constructor(
    readonly context: ExecutionContext,
    readonly signal: AbortSignal,
    readonly progress: Progress = newProgress(),
    private readonly parent?: Scope,
    /** `$states.context.Map` inside an iteration. */
    private readonly map: JsonObject | undefined = parent?.map,
  ) {
    if (parent !== undefined) progress.last = parent.lastEventId;
  }

  /** Id of the last event of this chain. */
  get lastEventId(): number {
    return this.progress.last;
  }

  get variables(): JsonObject {
    return { ...this.parent?.variables, ...this.progress.variables };
  }

  /** The part of `$states.context` that depends on where a state stands. */
  get place(): Readonly<Record<string, Json>> {
    return this.map === undefined ? {} : { Map: this.map };
  }

  assign(values: JsonObject): void {
    this.progress.variables = { ...this.progress.variables, ...values };
  }

  /** Adds an event to the history, after the last one of this chain. */
  record(type: string, details?: EventDetails): number {
    this.progress.last = this.context.history.add(type, this.progress.last, details);
    return this.progress.last;
  }

  /** Goes on after the events of another chain. */
  follow(other: Scope): void {
    this.progress.last = Math.max(this.progress.last, other.progress.last);
  }

  /** The progress of a branch or iteration of the state that this chain is at: as far as it came, or a new one. */
  progressOf(index: number, child?: () => string): Progress {
    const { attempt } = this.progress;
    attempt.inner ??= new Map();
    const progress = attempt.inner.get(index) ?? newProgress(child?.());
    attempt.inner.set(index, progress);
    return progress;
  }

  /** Notes what the current attempt of the state has done. */
  note(done: Attempt): void {
    Object.assign(this.progress.attempt, done);
    if (this.parent === undefined) this.context.keep();
  }

  enter(name: string, input: Json, eventId: number): void {
    this.progress.entered = { name, input, eventId };
    this.retry();
  }

  /** Begins another attempt of the state, with nothing done. */
  retry(): void {
    this.progress.attempt = {};
    if (this.parent === undefined) this.context.keep();
  }
}
