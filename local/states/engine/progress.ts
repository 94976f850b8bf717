import type { Json, JsonObject } from '../language/json';

/**
 * How far a chain of states has come: what a redrive, or the next life of the endpoint, goes on from. It changes as
 * the chain goes on.
 */
export interface Progress {
  /** Id of the last event of the chain. */
  last: number;
  variables: JsonObject;
  /** The state that was entered and not left; none before the first. */
  entered?: { readonly name: string; readonly input: Json; readonly eventId: number };
  /** What this attempt of the state has done. */
  attempt: Attempt;
  /** What the chain ended with. */
  output?: Json;
  /** Name of the child execution, when the chain is one. */
  readonly child?: string;
}

export interface Attempt {
  /** The answer to the call that began a task, which goes on somewhere else. */
  submitted?: Json;
  token?: string;
  /** When a Wait state ends, in milliseconds since 1970. */
  until?: number;
  mapRunArn?: string;
  /** The chains of the branches or iterations. */
  inner?: Map<number, Progress>;
}

export const newProgress = (child?: string): Progress => ({ last: 0, variables: {}, attempt: {}, child });

/** What outlives the process: not the chains inside of a state, which begins anew. */
export const kept = (progress: Progress): Progress => {
  const { submitted, token, until } = progress.attempt;
  return { ...progress, attempt: { submitted, token, until } };
};

/** Forgets what the attempt that failed has done, but not the branches and iterations that succeeded. */
export const prepareRedrive = (progress: Progress): void => {
  const { mapRunArn, inner } = progress.attempt;
  progress.attempt = { mapRunArn, inner };
  for (const chain of inner?.values() ?? []) prepareRedrive(chain);
};
