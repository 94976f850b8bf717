import { ruleHolds } from '../language/choice-rule';
import type { DataPath, Effects, State } from '../language/definition';
import { EvaluationFailure, StateFailure } from '../language/failure';
import { bytesOf, isJsonObject, type Json, type JsonObject, MAX_DATA_BYTES } from '../language/json';
import { type PathView, select, withValueAt } from '../language/json-path';
import { type Bindings, evaluate, evaluateAs } from '../language/jsonata';
import { evaluatePath, evaluatePayload } from '../language/payload';
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
  /** `$states.context.Task.Token` of a task that waits for it. */
  taskToken: string | undefined;

  /** `$states.context.State.RetryCount`. */
  retryCount = 0;

  private readonly enteredTime: string;

  /** What the state works with: with JSONPath, the part that `InputPath` selects. */
  readonly input: Json;

  constructor(
    readonly scope: Scope,
    private readonly state: Pick<State, 'name' | 'language' | 'inputPath'>,
    readonly rawInput: Json,
    /** Id of the event that entered the state. */
    private readonly enteredId: number,
  ) {
    this.enteredTime = scope.context.world.clock.date().toISOString();
    this.input = this.part(state.inputPath, rawInput, 'InputPath');
  }

  get name(): string {
    return this.state.name;
  }

  /** The beginning of every cause that blames the definition. */
  get occurrence(): string {
    return `An error occurred while executing the state '${this.name}' (entered at the event id #${this.enteredId}).`;
  }

  async evaluate(template: Json, location: string, states: StateResult = {}): Promise<Json> {
    if (this.isPathBased) return evaluatePayload(template, this.view(states), location);
    return this.explained(() => evaluate(template, this.bindings(states), location));
  }

  async condition(template: Json, location: string): Promise<boolean> {
    if (this.isPathBased) return isJsonObject(template) && ruleHolds(template, this.view({}));
    return this.explained(() => evaluateAs('boolean', template, this.bindings({}), location));
  }

  async number(template: Json, location: string): Promise<number> {
    if (this.isPathBased) {
      const value = evaluatePayload(template, this.view({}), location);
      if (typeof value === 'number') return value;
      throw new StateFailure(
        'States.Runtime',
        `${this.occurrence} ${location} must be a number, got ${JSON.stringify(value)}.`,
      );
    }
    return this.explained(() => evaluateAs('number', template, this.bindings({}), location));
  }

  async text(template: Json, location: string): Promise<string> {
    if (this.isPathBased) {
      const value = evaluatePayload(template, this.view({}), location);
      if (typeof value === 'string') return value;
      throw new StateFailure(
        'States.Runtime',
        `${this.occurrence} ${location} must be a string, got ${JSON.stringify(value)}.`,
      );
    }
    return this.explained(() => evaluateAs('string', template, this.bindings({}), location));
  }

  /** Works out `Output` and `Assign`, both from the variables as they were. */
  async finish(
    effects: Effects,
    fallback: Json,
    states: StateResult = {},
    prefix = '',
  ): Promise<Omit<Outcome, 'next'>> {
    const output = await this.outputOf(effects, fallback, states, prefix);
    checkSize(`The state '${this.name}' returned an output`, output);
    if (effects.assign === undefined) return { output };
    const assigned = await this.evaluate(effects.assign, `${prefix}Assign`, states);
    if (!isJsonObject(assigned)) return { output };
    for (const [name, value] of Object.entries(assigned))
      checkSize(`The state '${this.name}' assigned '${name}'`, value);
    return { output, assigned };
  }

  private get isPathBased(): boolean {
    return this.state.language === 'JSONPath';
  }

  private async outputOf(effects: Effects, fallback: Json, states: StateResult, prefix: string): Promise<Json> {
    if (!this.isPathBased) {
      return effects.output === undefined ? fallback : this.evaluate(effects.output, `${prefix}Output`, states);
    }
    const { resultSelector, resultPath, outputPath } = effects;
    const view = { ...this.view(states), data: fallback };
    const result = resultSelector === undefined ? fallback : evaluatePayload(resultSelector, view, 'ResultSelector');
    return this.part(outputPath, this.placed(result, resultPath), 'OutputPath');
  }

  /** The result at its place in the state's input. */
  private placed(result: Json, path: DataPath | undefined): Json {
    if (path === undefined || path === '$') return result;
    if (path === null) return this.rawInput;
    const placed = withValueAt(this.rawInput, path, result);
    if (placed !== undefined) return placed;
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `Unable to apply step "${path}" to input ${JSON.stringify(this.rawInput).slice(0, 500)}`,
    );
  }

  private part(path: DataPath | undefined, data: Json, location: string): Json {
    if (path === undefined || path === '$') return data;
    if (path === null) return {};
    const view = { ...this.view({}), data };
    if (select(path, view) !== undefined) return evaluatePath(path, view, location, 'States.Runtime');
    throw new StateFailure(
      'States.Runtime',
      `${this.occurrence} Invalid path '${path}' : No results for path: ${location}`,
    );
  }

  /** What paths see: `$` is the result of the state where there is one. */
  private view({ result, errorOutput }: StateResult): PathView {
    return {
      data: errorOutput ?? result ?? this.input,
      context: this.contextObject,
      variables: this.scope.variables,
    };
  }

  private get contextObject(): JsonObject {
    const { execution, stateMachine } = this.scope.context;
    const state = { Name: this.name, EnteredTime: this.enteredTime, RetryCount: this.retryCount };
    const task: JsonObject = this.taskToken === undefined ? {} : { Task: { Token: this.taskToken } };
    return { Execution: execution, StateMachine: stateMachine, State: state, ...task, ...this.scope.place };
  }

  private bindings(states: StateResult): Bindings {
    return { ...this.scope.variables, states: { input: this.input, context: this.contextObject, ...states } };
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
