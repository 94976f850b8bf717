import type { Effects, Fallible } from '../language/definition';
import { StateFailure } from '../language/failure';
import type { Json } from '../language/json';
import { matches, RetryCounter } from '../language/retry';
import type { Outcome, Visit } from './visit';

/** Tries a state, and again as its `Retry` says, until it succeeds or its `Catch` takes over. */
export const recovering = async (
  state: Fallible & Effects & { readonly next?: string },
  visit: Visit,
  attempt: () => Promise<Json>,
): Promise<Outcome> => {
  const retries = new RetryCounter(state.retry);
  for (;;) {
    try {
      const result = await attempt();
      return { ...(await visit.finish(state, result, { result })), next: state.next };
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      // A redrive runs all branches and iterations again when their results together were too large.
      if (error.error === 'States.DataLimitExceeded') visit.scope.retry();
      const delay = retries.next(error);
      if (delay === undefined) return await caught(state, visit, error);
      visit.retryCount += 1;
      visit.scope.retry();
      await visit.scope.context.world.clock.sleep(delay, visit.scope.signal);
    }
  }
};

const caught = async (state: Fallible, visit: Visit, failure: StateFailure): Promise<Outcome> => {
  const index = state.catch.findIndex(({ errorEquals }) => matches(errorEquals, failure));
  if (index < 0) throw failure;
  const catcher = state.catch[index];
  const errorOutput = { Error: failure.error, Cause: failure.reason ?? '' };
  const outcome = await visit.finish(catcher, errorOutput, { errorOutput }, `Catch[${index}]/`);
  return { ...outcome, next: catcher.next };
};
