import type { Effects } from '../language/definition';
import { EvaluationFailure, StateFailure } from '../language/failure';
import { bytesOf, isJsonObject, type Json, type JsonObject, MAX_DATA_BYTES } from '../language/json';
import { type Bindings, evaluate, evaluateAs } from '../language/jsonata';
import type { Scope } from './scope';

/** What a state leaves behind. */
export interface Outcome {
  readonly output: Json;
  readonly assigned?: JsonObject;
  /** The machine ends when absent. */
  readonly next?: string;
}

/** What `$states` holds beside input and context. */
export interface StateResult {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** Refuses data above 256 KiB. */
export const checkSize = (what: string, data: Json): void => {
  if (bytesOf(JSON.stringify(data)) <= MAX_DATA_BYTES) return;
  throw new StateFailure(
    'States.DataLimitExceeded',
    `${what} with a size exceeding the maximum number of bytes service limit (${MAX_DATA_BYTES}).`,
  );
};

/** One state, entered once. */
export class Visit {
  /** `$states.context.State.RetryCount`. */
  retryCount = 0;

  private readonly enteredTime = new Date().toISOString();

  constructor(
    readonly scope: Scope,
    readonly name: string,
    readonly input: Json,
    /** Id of the event that entered the state. */
    private readonly enteredId: number,
  ) {}

  /** The beginning of every cause that blames the definition. */
  get occurrence(): string {
    return `An error occurred while executing the state '${this.name}' (entered at the event id #${this.enteredId}).`;
  }

  evaluate(template: Json, location: string, states: StateResult = {}): Promise<Json> {
    return this.explained(() => evaluate(template, this.bindings(states), location));
  }

  condition(template: Json, location: string): Promise<boolean> {
    return this.explained(() => evaluateAs('boolean', template, this.bindings({}), location));
  }

  number(template: Json, location: string): Promise<number> {
    return this.explained(() => evaluateAs('number', template, this.bindings({}), location));
  }

  text(template: Json, location: string): Promise<string> {
    return this.explained(() => evaluateAs('string', template, this.bindings({}), location));
  }

  /** Works out `Output` and `Assign`, both from the variables as they were. */
  async finish(
    effects: Effects,
    fallback: Json,
    states: StateResult = {},
    prefix = '',
  ): Promise<Omit<Outcome, 'next'>> {
    const output =
      effects.output === undefined ? fallback : await this.evaluate(effects.output, `${prefix}Output`, states);
    checkSize(`The state '${this.name}' returned an output`, output);
    if (effects.assign === undefined) return { output };
    const assigned = await this.evaluate(effects.assign, `${prefix}Assign`, states);
    if (!isJsonObject(assigned)) return { output };
    for (const [name, value] of Object.entries(assigned))
      checkSize(`The state '${this.name}' assigned '${name}'`, value);
    return { output, assigned };
  }

  private bindings(states: StateResult): Bindings {
    const { execution, stateMachine } = this.scope.context;
    const state = { Name: this.name, EnteredTime: this.enteredTime, RetryCount: this.retryCount };
    const context = { Execution: execution, StateMachine: stateMachine, State: state, ...this.scope.place };
    return { ...this.scope.variables, states: { input: this.input, context, ...states } };
  }

  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
      const failure = new EvaluationFailure(`${this.occurrence} ${error.message}`, error.location);
      this.scope.record('EvaluationFailed', {
        evaluationFailedEventDetails: {
          ...{ state: this.name, error: failure.error },
          ...{ cause: failure.reason, location: failure.location },
        },
      });
      throw failure;
    }
  }
}
