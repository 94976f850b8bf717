import type { PassState } from '../language/definition';
import type { Json } from '../language/json';
import type { Outcome, Visit } from './visit';

/** With JSONPath, variables are assigned from the result; with JSONata there is none. */
const resultOf = ({ language, result }: PassState, made: Json) =>
  language === 'JSONPath' ? { result: result ?? made } : {};

/** Hands its input on, or what the state makes of it. */
export const runPass = async (state: PassState, visit: Visit): Promise<Outcome> => {
  const made = state.arguments === undefined ? visit.input : await visit.evaluate(state.arguments, 'Parameters');
  return { ...(await visit.finish(state, state.result ?? made, resultOf(state, made))), next: state.next };
};
