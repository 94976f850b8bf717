import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { Json, JsonObject } from '../language/json';
import type { TaskTokens } from '../task-tokens';
import type { EventDetails, History } from './history';

/** What all states of an execution share. */
export interface ExecutionContext {
  readonly world: World;
  readonly principal: Principal;
  readonly history: History;
  readonly tokens: TaskTokens;
  /** `$states.context.Execution`. */
  readonly execution: JsonObject & { readonly Id: string };
  /** `$states.context.StateMachine`. */
  readonly stateMachine: JsonObject & { readonly Id: string };
}

/** A chain of states: the machine itself, a branch or an iteration. Variables of outer chains can be read, not written. */
export class Scope {
  private last: number;
  private own: JsonObject = {};

  constructor(
    readonly context: ExecutionContext,
    readonly signal: AbortSignal,
    private readonly parent?: Scope,
    /** `$states.context.Map` inside an iteration. */
    private readonly map: JsonObject | undefined = parent?.map,
  ) {
    this.last = parent?.last ?? 0;
  }

  /** Id of the last event of this chain. */
  get lastEventId(): number {
    return this.last;
  }

  get variables(): JsonObject {
    return { ...this.parent?.variables, ...this.own };
  }

  /** The part of `$states.context` that depends on where a state stands. */
  get place(): Readonly<Record<string, Json>> {
    return this.map === undefined ? {} : { Map: this.map };
  }

  assign(values: JsonObject): void {
    this.own = { ...this.own, ...values };
  }

  /** Adds an event to the history, after the last one of this chain. */
  record(type: string, details?: EventDetails): number {
    this.last = this.context.history.add(type, this.last, details);
    return this.last;
  }

  /** Goes on after the events of another chain. */
  follow(other: Scope): void {
    this.last = Math.max(this.last, other.last);
  }
}
