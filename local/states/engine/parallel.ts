import type { ParallelState } from '../language/definition';
import type { Json } from '../language/json';
import { Group } from './group';
import type { RunMachine } from './run-machine';
import { recovering } from './recovery';
import type { Outcome, Visit } from './visit';

/** Runs its branches side by side. */
export const runParallel = (state: ParallelState, visit: Visit, runMachine: RunMachine): Promise<Outcome> =>
  recovering(state, visit, async (): Promise<Json> => {
    const { scope } = visit;
    const input = state.arguments === undefined ? visit.input : await visit.evaluate(state.arguments, 'Arguments');
    scope.record('ParallelStateStarted');
    const group = new Group(scope);
    const branches = state.branches.map((machine, index) => ({ machine, inner: group.scope(index) }));
    try {
      const works = branches.map(
        ({ machine, inner }) =>
          () =>
            runMachine(machine, input, inner),
      );
      const results = await group.run(works, works.length);
      for (const { inner } of branches) scope.follow(inner);
      scope.record('ParallelStateSucceeded');
      return results;
    } catch (error) {
      if (!scope.signal.aborted) scope.record('ParallelStateFailed');
      throw error;
    }
  });
