import type { Authorizer, Decision } from './authorizer';
import type { Clock } from './clock';
import { AwsError } from './errors';
import { broken, throttled, type Faults } from './faults';
import { isService, type Call, type Output } from './service';
import { recordOf, type TraceRecord } from './trace';

/** What every call goes through before and after it is done. */
export interface GateOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly authorizer: () => Authorizer | undefined;
  readonly trace: ((record: TraceRecord) => void) | undefined;
  /** Throws for what does not exist, so that it is refused by its name before it is judged. */
  readonly find: (call: Call) => () => Promise<Output>;
}

const FORBIDDEN = 403;

/** Makes a call as AWS takes it: it may be throttled, is judged, and then done. */
export const createGate = ({ clock, faults, authorizer, trace, find }: GateOptions) => {
  const disturb = async (call: Call): Promise<void> => {
    const place = `${call.service}:${call.operation}`;
    const latency = faults.strike('latency', place);
    if (latency !== undefined) await clock.sleep(latency.milliseconds ?? 0);
    // What services tell by themselves has no quota, and nobody could try it again.
    if (place === 'events:PutEvents' && isService(call.principal)) return;
    if (faults.strike('throttle', place) !== undefined) throw throttled(call.service);
    if (faults.strike('error', place) !== undefined) throw broken(call.service);
  };

  return async (call: Call): Promise<Output> => {
    const time = clock.now();
    const started = performance.now();
    let decision: Decision | undefined;
    const record = (error?: unknown): void => {
      trace?.(recordOf(call, time, performance.now() - started, decision, error));
    };
    try {
      const run = find(call);
      await disturb(call);
      decision = await authorizer()?.check(call);
      if (decision?.allowed === false) {
        throw decision.error ?? new AwsError('AccessDeniedException', decision.reason, FORBIDDEN);
      }
      const output = await run();
      record();
      return output;
    } catch (error) {
      record(error);
      throw error;
    }
  };
};
