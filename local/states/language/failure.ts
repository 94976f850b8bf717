/** An error of a state, by the name that Retry and Catch match. */
export class StateFailure extends Error {
  constructor(
    readonly error: string,
    readonly reason?: string,
    options?: ErrorOptions,
  ) {
    super(reason ?? error, options);
    this.name = error;
  }
}

/** An expression failed, or returned nothing; `location` is the field of the state that holds it. */
export class EvaluationFailure extends StateFailure {
  constructor(
    reason: string,
    readonly location: string,
  ) {
    super('States.QueryEvaluationError', reason);
  }
}

/** Ends an execution although nothing in the definition went wrong. */
export class Interruption extends Error {}

/** Ends the work of an execution that goes on when the endpoint starts again. */
export class Suspension extends Interruption {}
