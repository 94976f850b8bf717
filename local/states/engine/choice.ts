import type { ChoiceState } from '../language/definition';
import { StateFailure } from '../language/failure';
import type { Outcome, Visit } from './visit';

/** Goes where the first rule says whose condition is true. */
export const runChoice = async (state: ChoiceState, visit: Visit): Promise<Outcome> => {
  for (const [index, rule] of state.choices.entries()) {
    const at = `Choices[${index}]/`;
    if (await visit.condition(rule.condition, `${at}Condition`)) {
      return { ...(await visit.finish(rule, visit.input, {}, at)), next: rule.next };
    }
  }
  if (state.default === undefined) {
    throw new StateFailure(
      'States.NoChoiceMatched',
      `${visit.occurrence} Failed to match any condition of the Choice state, and it has no Default.`,
    );
  }
  return { ...(await visit.finish(state, visit.input)), next: state.default };
};
