import { randomUUID } from 'node:crypto';
import type { Distributed, MapState } from '../language/definition';
import { Interruption, StateFailure } from '../language/failure';
import type { Json } from '../language/json';
import { History } from './history';
import { inputsOf } from './item-batches';
import { readItems } from './item-reader';
import type { Progress } from './progress';
import type { RunMachine } from './run-machine';
import { type ChildResult, writeResults } from './result-writer';
import { Scope } from './scope';
import { Visit } from './visit';

const MAX_CONCURRENCY = 1000;
const EXCEEDED = 'States.ExceedToleratedFailureThreshold';

/** How many failures a Map Run bears. */
const toleranceOf = async ({ toleratedCount, toleratedPercentage }: Distributed, total: number, visit: Visit) => {
  const count = toleratedCount === undefined ? 0 : await visit.number(toleratedCount, 'ToleratedFailureCount');
  const percentage =
    toleratedPercentage === undefined ? 0 : await visit.number(toleratedPercentage, 'ToleratedFailurePercentage');
  if (toleratedCount === undefined) return (percentage / 100) * total;
  return toleratedPercentage === undefined ? count : Math.min(count, (percentage / 100) * total);
};

const keep = (): void => undefined;

/** Runs a processor as an execution of its own, with a history of its own and none of the variables outside. */
const runChild = async (
  { processor }: MapState,
  input: Json,
  visit: Visit,
  runMachine: RunMachine,
  progress: Progress,
  executionArn: string,
  signal: AbortSignal,
): Promise<ChildResult> => {
  const { context } = visit.scope;
  const name = progress.child ?? '';
  const { clock } = context.world;
  const started = clock.now();
  const history = new History(clock);
  history.add('ExecutionStarted', 0);
  const execution = {
    ...{ Id: executionArn, Input: input, Name: name, RoleArn: context.principal.arn },
    ...{ StartTime: new Date(started).toISOString(), RedriveCount: 0 },
  };
  const base = { executionArn, name, input, started };
  try {
    const output = await runMachine(
      processor,
      input,
      new Scope({ ...context, history, execution, keep }, signal, progress),
    );
    return { ...base, status: 'SUCCEEDED', output, stopped: clock.now() };
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    return { ...base, status: 'FAILED', error: error.error, cause: error.reason, stopped: clock.now() };
  }
};

const selected = async (state: MapState, visit: Visit, items: readonly Json[]): Promise<readonly Json[]> => {
  const template = state.itemSelector;
  if (template === undefined) return items;
  const { scope } = visit;
  return Promise.all(
    items.map((Value, Index) => {
      const inner = new Scope(scope.context, scope.signal, undefined, scope, { Item: { Index, Value } });
      return new Visit(inner, state, visit.rawInput, 0).evaluate(template, 'ItemSelector');
    }),
  );
};

/** Runs a distributed Map: its items as child executions, of which some may fail. */
export const runDistributed = async (
  state: MapState,
  distributed: Distributed,
  visit: Visit,
  runMachine: RunMachine,
  itemsOf: () => Promise<readonly Json[]>,
): Promise<Json> => {
  const { scope } = visit;
  const { world, stateMachine } = scope.context;
  const items = distributed.reader === undefined ? await itemsOf() : await readItems(distributed.reader, visit);
  const inputs = await inputsOf(await selected(state, visit, items), distributed.batcher, visit);
  const tolerated = await toleranceOf(distributed, inputs.length, visit);
  const wanted = state.maxConcurrency === undefined ? 0 : await visit.number(state.maxConcurrency, 'MaxConcurrency');
  const label = `${stateMachine.Id.slice(stateMachine.Id.lastIndexOf(':') + 1)}/${distributed.label ?? state.name}`;
  const former = scope.progress.attempt.mapRunArn;
  const mapRunArn = former ?? world.arn('states', `mapRun:${label}:${randomUUID()}`);
  if (former === undefined) {
    scope.record('MapStateStarted', { mapStateStartedEventDetails: { length: inputs.length } });
    scope.record('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
    scope.note({ mapRunArn });
  } else scope.record('MapRunRedriven', { mapRunRedrivenEventDetails: { mapRunArn } });

  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(scope.signal.reason);
  };
  scope.signal.addEventListener('abort', stop, { once: true });
  const results: ChildResult[] = [];
  const queue = [...inputs.entries()];
  let failures = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, input] = next;
      const progress = scope.progressOf(index, randomUUID);
      const arn = world.arn('states', `execution:${label}:${progress.child ?? ''}`);
      results[index] = await runChild(state, input, visit, runMachine, progress, arn, controller.signal);
      if (results[index].status === 'FAILED') failures += 1;
      if (failures > tolerated) queue.length = 0;
    }
  };
  const workers = Math.min(wanted <= 0 ? MAX_CONCURRENCY : wanted, MAX_CONCURRENCY, inputs.length);
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    scope.signal.removeEventListener('abort', stop);
    controller.abort(new Interruption('the Map Run has ended'));
  }

  const all = inputs.map(
    (input, index): ChildResult => results.at(index) ?? { executionArn: '', name: '', input, status: 'PENDING' },
  );
  const written =
    distributed.writer === undefined ? undefined : await writeResults(distributed.writer, visit, mapRunArn, all);
  if (failures > tolerated) {
    const cause = 'The specified tolerated failure threshold was exceeded';
    scope.record('MapRunFailed', { mapRunFailedEventDetails: { error: EXCEEDED, cause } });
    throw new StateFailure(EXCEEDED, cause);
  }
  scope.record('MapRunSucceeded');
  if (written !== undefined) return { MapRunArn: mapRunArn, ResultWriterDetails: written };
  return all.flatMap(({ status, output }) => (status === 'SUCCEEDED' && output !== undefined ? [output] : []));
};
