import type { SucceedState } from '../language/definition';
import type { Outcome, Visit } from './visit';

/** Ends its machine with success. */
export const runSucceed = (state: SucceedState, visit: Visit): Promise<Outcome> => visit.finish(state, visit.input);
