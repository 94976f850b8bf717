import type { WaitState } from '../language/definition';
import { EvaluationFailure } from '../language/failure';
import type { Outcome, Visit } from './visit';

const MAX_SECONDS = 99_999_999;

const secondsOf = async (state: WaitState, visit: Visit): Promise<number> => {
  if (state.seconds !== undefined) {
    const seconds = await visit.number(state.seconds, 'Seconds');
    if (seconds >= 0 && seconds <= MAX_SECONDS) return seconds;
    throw new EvaluationFailure(
      `${visit.occurrence} Seconds must be between 0 and ${MAX_SECONDS}, got ${seconds}.`,
      'Seconds',
    );
  }
  const timestamp = await visit.text(state.timestamp ?? '', 'Timestamp');
  const at = Date.parse(timestamp);
  if (!Number.isNaN(at)) return Math.max(0, at - visit.scope.context.world.clock.now()) / 1_000;
  throw new EvaluationFailure(
    `${visit.occurrence} Timestamp must be a time such as 2026-11-20T12:00:00Z, got '${timestamp}'.`,
    'Timestamp',
  );
};

/** Waits for some seconds, or until a moment. */
export const runWait = async (state: WaitState, visit: Visit): Promise<Outcome> => {
  const { progress, signal, context } = visit.scope;
  const { clock } = context.world;
  const until = progress.attempt.until ?? clock.now() + (await secondsOf(state, visit)) * 1_000;
  visit.scope.note({ until });
  await clock.sleep(Math.max(0, until - clock.now()), signal);
  return { ...(await visit.finish(state, visit.input)), next: state.next };
};
