import type { Effects, Machine, State } from './definition';
import { invalid } from './invalid';

const namesIn = ({ assign = {} }: Effects): readonly string[] =>
  Object.keys(assign).map((name) => name.replace(/\.\$$/, ''));

const assignedBy = (state: State): readonly string[] => [
  ...(state.type === 'Fail' ? [] : namesIn(state)),
  ...('catch' in state ? state.catch.flatMap(namesIn) : []),
  ...(state.type === 'Choice' ? state.choices.flatMap(namesIn) : []),
];

/** The machines inside a state that see the variables around it. */
const within = (state: State): readonly Machine[] => {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' && state.distributed === undefined ? [state.processor] : [];
};

/** Refuses a variable of a branch or iteration with the name of one around it. */
export const checkVariables = ({ states }: Machine, around: readonly string[] = []): void => {
  const own = [...states.values()].flatMap((state) => assignedBy(state).map((name) => ({ name, state: state.name })));
  const shadow = own.find(({ name }) => around.includes(name));
  if (shadow !== undefined) {
    throw invalid(`variable '${shadow.name}' is already assigned in an outer scope`, `/States/${shadow.state}`);
  }
  const names = [...around, ...own.map(({ name }) => name)];
  for (const state of states.values()) for (const inner of within(state)) checkVariables(inner, names);
};
