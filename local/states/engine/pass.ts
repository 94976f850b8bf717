import type { PassState } from '../language/definition';
import type { Outcome, Visit } from './visit';

/** Hands its input on, or what `Output` makes of it. */
export const runPass = async (state: PassState, visit: Visit): Promise<Outcome> => ({
  ...(await visit.finish(state, visit.input)),
  next: state.next,
});
