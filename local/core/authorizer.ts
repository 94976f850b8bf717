import type { Call } from './service';

/** Whether a principal may make a call, and why. */
export interface Decision {
  readonly allowed: boolean;
  /** What was decided on last: `batch:SubmitJob`. */
  readonly action: string;
  readonly resource: string;
  /** For a person: the statement that decided, or what is missing. */
  readonly reason: string;
  /** The answer to a denied call, as the service gives it. */
  readonly error?: Error;
}

/** Judges each call before it is done. */
export interface Authorizer {
  check(call: Call): Promise<Decision>;
}
