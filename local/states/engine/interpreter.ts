import type { Machine, State } from '../language/definition';
import type { Json, JsonObject } from '../language/json';
import { runChoice } from './choice';
import { runFail } from './fail';
import { runMap } from './map';
import { runParallel } from './parallel';
import { runPass } from './pass';
import type { RunMachine } from './run-machine';
import type { Scope } from './scope';
import { runSucceed } from './succeed';
import { runTask } from './task';
import { type Outcome, Visit } from './visit';
import { runWait } from './wait';

const runState = (state: State, visit: Visit): Promise<Outcome> => {
  switch (state.type) {
    case 'Task':
      return runTask(state, visit);
    case 'Choice':
      return runChoice(state, visit);
    case 'Pass':
      return runPass(state, visit);
    case 'Wait':
      return runWait(state, visit);
    case 'Succeed':
      return runSucceed(state, visit);
    case 'Fail':
      return runFail(state, visit);
    case 'Parallel':
      return runParallel(state, visit, runMachine);
    case 'Map':
      return runMap(state, visit, runMachine);
  }
};

const whole = { truncated: false };

const assignedDetails = (assigned: JsonObject | undefined) =>
  assigned === undefined
    ? {}
    : {
        assignedVariables: Object.fromEntries(
          Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
        ),
        assignedVariablesDetails: whole,
      };

const stateOf = (machine: Machine, name: string): State => {
  const state = machine.states.get(name);
  if (state === undefined) throw new Error(`the state '${name}' does not exist, although the definition was checked`);
  return state;
};

/**
 * Goes from state to state, and writes down when each was entered and left. A chain that has come some way goes on at
 * the state where it was.
 */
export const runMachine: RunMachine = async (machine: Machine, input: Json, scope: Scope): Promise<Json> => {
  const { progress } = scope;
  if (progress.output !== undefined) return progress.output;
  let { name, input: data } = progress.entered ?? { name: machine.startAt, input };
  let eventId = progress.entered?.eventId;
  for (;;) {
    scope.signal.throwIfAborted();
    const state = stateOf(machine, name);
    if (eventId === undefined) {
      eventId = scope.record(`${state.type}StateEntered`, {
        stateEnteredEventDetails: { name, input: JSON.stringify(data), inputDetails: whole },
      });
      scope.enter(name, data, eventId);
    }
    const outcome = await runState(state, new Visit(scope, state, data, eventId));
    scope.signal.throwIfAborted();
    if (outcome.assigned !== undefined) scope.assign(outcome.assigned);
    scope.record(`${state.type}StateExited`, {
      stateExitedEventDetails: {
        ...{ name, output: JSON.stringify(outcome.output), outputDetails: whole },
        ...assignedDetails(outcome.assigned),
      },
    });
    if (outcome.next === undefined) {
      progress.output = outcome.output;
      return outcome.output;
    }
    [name, data, eventId] = [outcome.next, outcome.output, undefined];
  }
};
