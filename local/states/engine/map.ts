import type { MapState } from '../language/definition';
import { EvaluationFailure, StateFailure } from '../language/failure';
import { isJsonArray, type Json } from '../language/json';
import { runDistributed } from './distributed-map';
import { Group } from './group';
import type { RunMachine } from './run-machine';
import { recovering } from './recovery';
import type { Scope } from './scope';
import { type Outcome, Visit } from './visit';

/** Most iterations at once of an inline Map. */
const MAX_CONCURRENCY = 40;

const itemsOf = async (state: MapState, visit: Visit): Promise<readonly Json[]> => {
  const items = state.items === undefined ? visit.input : await visit.evaluate(state.items, 'Items');
  if (isJsonArray(items)) return items;
  if (state.language === 'JSONPath') {
    throw new StateFailure('States.Runtime', `${visit.occurrence} Reference path "Items" must point to an array.`);
  }
  throw new EvaluationFailure(`${visit.occurrence} Items must be an array, got ${JSON.stringify(items)}.`, 'Items');
};

const concurrencyOf = async (state: MapState, visit: Visit): Promise<number> => {
  const wanted = state.maxConcurrency === undefined ? 0 : await visit.number(state.maxConcurrency, 'MaxConcurrency');
  return wanted <= 0 ? MAX_CONCURRENCY : Math.min(wanted, MAX_CONCURRENCY);
};

/** Runs its processor once for each item. */
export const runMap = (state: MapState, visit: Visit, runMachine: RunMachine): Promise<Outcome> =>
  recovering(state, visit, async (): Promise<Json> => {
    const { scope, name } = visit;
    const { distributed } = state;
    if (distributed !== undefined) {
      const results = await runDistributed(state, distributed, visit, runMachine, () => itemsOf(state, visit)).catch(
        (error: unknown) => {
          if (!scope.signal.aborted) scope.record('MapStateFailed');
          throw error;
        },
      );
      scope.record('MapStateSucceeded');
      return results;
    }
    const items = await itemsOf(state, visit);
    const limit = await concurrencyOf(state, visit);
    const startedId = scope.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
    const group = new Group(scope);

    const iterate = async (item: Json, index: number, inner: Scope): Promise<Json> => {
      if (inner.progress.output !== undefined) return inner.progress.output;
      inner.record('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
      const selecting = new Visit(inner, state, visit.rawInput, startedId);
      const input =
        state.itemSelector === undefined ? item : await selecting.evaluate(state.itemSelector, 'ItemSelector');
      try {
        const output = await runMachine(state.processor, input, inner);
        inner.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } });
        return output;
      } catch (error) {
        if (!inner.signal.aborted) {
          inner.record('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } });
        }
        throw error;
      }
    };

    try {
      const chains = items.map((item, index) => group.scope(index, { Item: { Index: index, Value: item } }));
      const works = items.map((item, index) => () => iterate(item, index, chains[index] ?? scope));
      const results = await group.run(works, limit);
      for (const chain of chains) scope.follow(chain);
      scope.record('MapStateSucceeded');
      return results;
    } catch (error) {
      if (!scope.signal.aborted) scope.record('MapStateFailed');
      throw error;
    }
  });
