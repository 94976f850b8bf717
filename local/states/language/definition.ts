import type { Json, JsonObject } from './json';
import type { Retrier } from './retry';

/** A state machine, or the states inside a Parallel or Map state. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  readonly timeoutSeconds?: number;
}

/** How a state reads and writes data. */
export type QueryLanguage = 'JSONata' | 'JSONPath';

/** A path, or null for none of the data. */
export type DataPath = string | null;

/** What a state does with its result before the next one begins. */
export interface Effects {
  readonly output?: Json;
  readonly assign?: JsonObject;
  /** With JSONPath, as the two below. */
  readonly resultSelector?: Json;
  readonly resultPath?: DataPath;
  readonly outputPath?: DataPath;
}

/** One rule of a state's `Catch`. */
export interface Catcher extends Effects {
  readonly errorEquals: readonly string[];
  readonly next: string;
}

interface Named {
  readonly name: string;
  readonly language: QueryLanguage;
  /** With JSONPath. */
  readonly inputPath?: DataPath;
}

/** A state that ends the execution of its machine, or names the next. */
interface Transition {
  /** The machine ends here when absent. */
  readonly next?: string;
}

/** A state whose failure can be retried and caught. */
export interface Fallible extends Named {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends Fallible, Effects, Transition {
  readonly type: 'Task';
  readonly resource: string;
  readonly arguments?: Json;
  readonly timeoutSeconds?: Json;
  readonly heartbeatSeconds?: Json;
}

export interface ChoiceRule extends Effects {
  readonly condition: Json;
  readonly next: string;
}

export interface ChoiceState extends Named, Effects {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default?: string;
}

export interface PassState extends Named, Effects, Transition {
  readonly type: 'Pass';
  /** With JSONPath: a fixed result, or one made of the input. */
  readonly result?: Json;
  readonly arguments?: Json;
}

export interface WaitState extends Named, Effects, Transition {
  readonly type: 'Wait';
  /** Exactly one of the two. */
  readonly seconds?: Json;
  readonly timestamp?: Json;
}

export interface SucceedState extends Named, Effects {
  readonly type: 'Succeed';
}

export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error?: Json;
  readonly cause?: Json;
}

export interface ParallelState extends Fallible, Effects, Transition {
  readonly type: 'Parallel';
  readonly arguments?: Json;
  readonly branches: readonly Machine[];
}

/** Where the items of a distributed Map are. */
export interface ItemReader {
  readonly resource: string;
  readonly arguments?: Json;
  readonly config: JsonObject;
  readonly maxItems?: Json;
}

/** How items go to child executions together. */
export interface ItemBatcher {
  readonly maxItems?: Json;
  readonly maxBytes?: Json;
  readonly input?: Json;
}

/** What a distributed Map has beside an inline one. */
export interface Distributed {
  readonly label?: string;
  readonly reader?: ItemReader;
  readonly batcher?: ItemBatcher;
  /** The place of the results, with expressions or paths in it. */
  readonly writer?: Json;
  readonly toleratedCount?: Json;
  readonly toleratedPercentage?: Json;
}

export interface MapState extends Fallible, Effects, Transition {
  readonly type: 'Map';
  readonly items?: Json;
  readonly itemSelector?: Json;
  readonly maxConcurrency?: Json;
  readonly processor: Machine;
  readonly distributed?: Distributed;
}

export type State =
  TaskState | ChoiceState | PassState | WaitState | SucceedState | FailState | ParallelState | MapState;

export type StateType = State['type'];
