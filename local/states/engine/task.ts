import { integrationOf, waitsForToken } from '../integrations/integrations';
import type { Integration } from '../integrations/integration';
import type { TaskState } from '../language/definition';
import type { AwaitedTask } from '../task-tokens';
import { StateFailure } from '../language/failure';
import type { Json } from '../language/json';
import type { Clock, Timer } from '../../core/clock';
import { recovering } from './recovery';
import { checkSize, type Outcome, type Visit } from './visit';

const TIMEOUT = 'States.Timeout';
const HEARTBEAT_TIMEOUT = 'States.HeartbeatTimeout';

/** Aborts with the scope of the state, or after its time. */
class Deadline {
  private readonly controller = new AbortController();
  private readonly timer: Timer | undefined;
  private heart: Timer | undefined;
  private readonly stop: () => void;

  constructor(
    private readonly outer: AbortSignal,
    seconds: number | undefined,
    private readonly clock: Clock,
  ) {
    this.stop = (): void => {
      this.controller.abort(outer.reason);
    };
    outer.addEventListener('abort', this.stop);
    if (outer.aborted) this.stop();
    const end = (): void => {
      this.controller.abort(new StateFailure(TIMEOUT));
    };
    this.timer = seconds === undefined ? undefined : clock.after(seconds * 1_000, end);
  }

  /** Ends the task too when there is no beat for so long; call what is returned with each beat. */
  beatWithin(seconds: number | undefined): () => void {
    if (seconds === undefined) return () => undefined;
    const arm = (): void => {
      this.heart?.cancel();
      this.heart = this.clock.after(seconds * 1_000, () => {
        this.controller.abort(new StateFailure(HEARTBEAT_TIMEOUT));
      });
    };
    arm();
    return arm;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Gives what the work gives, unless the time is up before. */
  race(work: Promise<Json>): Promise<Json> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        const reason: unknown = this.signal.reason;
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      };
      this.signal.addEventListener('abort', end);
      if (this.signal.aborted) end();
      work.then(resolve, reject);
    });
  }

  clear(): void {
    this.timer?.cancel();
    this.heart?.cancel();
    this.outer.removeEventListener('abort', this.stop);
  }
}

/** With JSONPath, a task without parameters gets the input of the state. */
const argumentsOf = async (state: TaskState, visit: Visit): Promise<Json> => {
  if (state.arguments !== undefined) return visit.evaluate(state.arguments, 'Arguments');
  return state.language === 'JSONPath' ? visit.input : {};
};

const secondsOf = (value: Json | undefined, visit: Visit, field: string): Promise<number> | undefined =>
  value === undefined ? undefined : visit.number(value, field);

const attempt = async (state: TaskState, visit: Visit, integration: Integration): Promise<Json> => {
  const { scope } = visit;
  const { world, principal, execution, stateMachine, tokens } = scope.context;
  const { resourceType, resource } = integration;
  const done = { ...scope.progress.attempt };
  const seconds = await secondsOf(state.timeoutSeconds, visit, 'TimeoutSeconds');
  const heartbeat = await secondsOf(state.heartbeatSeconds, visit, 'HeartbeatSeconds');
  const deadline = new Deadline(scope.signal, seconds, world.clock);
  const beat = deadline.beatWithin(heartbeat);
  const awaited = waitsForToken(state.resource) ? tokens.open(beat, done.token) : undefined;
  visit.taskToken = awaited?.token;
  if (awaited !== undefined) scope.note({ token: awaited.token });
  const parameters = await argumentsOf(state, visit);
  checkSize(`The state '${state.name}' has arguments`, parameters);

  if (done.submitted === undefined) {
    scope.record('TaskScheduled', {
      taskScheduledEventDetails: {
        ...{ resourceType, resource, region: world.region, parameters: JSON.stringify(parameters) },
        ...(seconds === undefined ? {} : { timeoutInSeconds: seconds }),
        ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
      },
    });
    scope.record('TaskStarted', { taskStartedEventDetails: { resourceType, resource } });
  }
  const outputOf = (output: Json) => ({
    ...{ resourceType, resource, output: JSON.stringify(output), outputDetails: { truncated: false } },
  });

  const submitted = (submitted: Json): void => {
    if (deadline.signal.aborted) return;
    scope.record('TaskSubmitted', { taskSubmittedEventDetails: outputOf(submitted) });
    scope.note({ submitted });
  };
  const call = async (): Promise<Json> => {
    const work = integration.run({
      ...{ world, principal, parameters, signal: deadline.signal, submitted, earlier: done.submitted },
      origin: [execution.Id, stateMachine.Id],
    });
    return integration.endsOnAbort ? work : deadline.race(work);
  };
  const callAndAwait = async ({ result }: AwaitedTask): Promise<Json> => {
    if (done.submitted === undefined) submitted(await call());
    return deadline.race(result);
  };

  try {
    const result = await (awaited === undefined ? call() : callAndAwait(awaited));
    checkSize(`The state/task '${state.resource}' returned a result`, result);
    scope.record('TaskSucceeded', { taskSucceededEventDetails: outputOf(result) });
    return result;
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    const details = { resourceType, resource, error: error.error, cause: error.reason };
    if (error.error === TIMEOUT || error.error === HEARTBEAT_TIMEOUT)
      scope.record('TaskTimedOut', { taskTimedOutEventDetails: details });
    else scope.record('TaskFailed', { taskFailedEventDetails: details });
    throw error;
  } finally {
    deadline.clear();
    awaited?.close();
  }
};

/** Calls a service. */
export const runTask = (state: TaskState, visit: Visit): Promise<Outcome> => {
  const integration = integrationOf(state.resource);
  return recovering(state, visit, () => attempt(state, visit, integration));
};
