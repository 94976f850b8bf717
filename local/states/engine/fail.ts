import type { FailState } from '../language/definition';
import { StateFailure } from '../language/failure';
import type { Visit } from './visit';

/** Ends its machine with an error of its own. */
export const runFail = async (state: FailState, visit: Visit): Promise<never> => {
  const error = state.error === undefined ? '' : await visit.text(state.error, 'Error');
  const cause = state.cause === undefined ? undefined : await visit.text(state.cause, 'Cause');
  throw new StateFailure(error, cause);
};
