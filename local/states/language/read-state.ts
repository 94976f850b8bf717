import type { Reader } from '../../core/reader';
import type { Machine, MapState, State, WaitState } from './definition';
import { distributedOf } from './read-distributed';
import { checkFields, checkInline, stateTypeOf } from './fields';
import { invalid } from './invalid';
import { toJson } from './json';
import { catchersOf, choicesOf, effectsOf, pathOf, type Place, retriersOf, templateOf, valueOf } from './read-rules';

/** What reading a state needs from around it. */
export interface Surroundings {
  /** Refuses a resource that no integration serves. */
  readonly checkResource: (resource: string) => void;
  /** Reads the states inside a state. */
  readonly machine: (reader: Reader, path: string) => Machine;
}

const nextOf = (state: Reader, path: string): string | undefined => {
  const [next, end] = [state.optionalText('Next'), state.flag('End')];
  if ((next === undefined) === end) return next;
  throw invalid(`exactly one of 'Next' and 'End: true' is required`, path);
};

const waitOf = (state: Reader, place: Place): Pick<WaitState, 'seconds' | 'timestamp'> => {
  const [seconds, timestamp] = [valueOf(state, 'Seconds', place), valueOf(state, 'Timestamp', place)];
  if ((seconds === undefined) === (timestamp === undefined)) {
    throw invalid(`exactly one of 'Seconds' and 'Timestamp' is required`, place.path);
  }
  return { seconds, timestamp };
};

const mapOf = (
  state: Reader,
  around: Surroundings,
  place: Place,
): Pick<MapState, 'items' | 'itemSelector' | 'maxConcurrency' | 'processor' | 'distributed'> => {
  const isOld = !state.has('ItemProcessor') && state.has('Iterator');
  const processor = state.record(isOld ? 'Iterator' : 'ItemProcessor');
  const items = place.language === 'JSONata' ? templateOf(state, 'Items', place) : valueOf(state, 'Items', place);
  const mode = processor.optionalRecord('ProcessorConfig')?.optionalText('Mode') ?? 'INLINE';
  if (mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    throw invalid(`Mode must be INLINE or DISTRIBUTED, got '${mode}'`, `${place.path}/ItemProcessor/ProcessorConfig`);
  }
  if (mode === 'INLINE') checkInline(state, place.path);
  return {
    items,
    // Parameters is what ItemSelector was called before.
    itemSelector: templateOf(state, state.has('Parameters') ? 'Parameters' : 'ItemSelector', place),
    maxConcurrency: valueOf(state, 'MaxConcurrency', place),
    processor: around.machine(processor, `${place.path}/ItemProcessor`),
    ...(mode === 'DISTRIBUTED' ? { distributed: distributedOf(state, place) } : {}),
  };
};

/** Reads one state. */
export const readState = (name: string, state: Reader, around: Surroundings, place: Place): State => {
  const { path, language } = place;
  const type = stateTypeOf(state, path);
  checkFields(state, type, language, path);
  const effects = (): ReturnType<typeof effectsOf> => effectsOf(state, place);
  const fallible = () => ({ retry: retriersOf(state, place), catch: catchersOf(state, place) });
  const common = { name, language, inputPath: pathOf(state, 'InputPath', place) };
  const parameters = () => templateOf(state, language === 'JSONata' ? 'Arguments' : 'Parameters', place);
  switch (type) {
    case 'Task': {
      const resource = state.text('Resource');
      around.checkResource(resource);
      return {
        ...{ ...common, type, resource, next: nextOf(state, path) },
        arguments: parameters(),
        timeoutSeconds: valueOf(state, 'TimeoutSeconds', place),
        heartbeatSeconds: valueOf(state, 'HeartbeatSeconds', place),
        ...effects(),
        ...fallible(),
      };
    }
    case 'Choice':
      return {
        ...common,
        type,
        choices: choicesOf(state, place),
        default: state.optionalText('Default'),
        ...effects(),
      };
    case 'Pass':
      return {
        ...{ ...common, type, next: nextOf(state, path) },
        ...{ result: toJson(state.values.Result), arguments: templateOf(state, 'Parameters', place) },
        ...effects(),
      };
    case 'Wait':
      return { ...common, type, next: nextOf(state, path), ...waitOf(state, place), ...effects() };
    case 'Succeed':
      return { ...common, type, ...effects() };
    case 'Fail':
      return { ...common, type, error: valueOf(state, 'Error', place), cause: valueOf(state, 'Cause', place) };
    case 'Parallel': {
      const branches = state
        .records('Branches')
        .map((branch, index) => around.machine(branch, `${path}/Branches[${index}]`));
      if (branches.length === 0) throw invalid('Branches must hold at least one branch', `${path}/Branches`);
      return {
        ...{ ...common, type, branches, next: nextOf(state, path) },
        arguments: parameters(),
        ...effects(),
        ...fallible(),
      };
    }
    case 'Map':
      return {
        ...common,
        type,
        next: nextOf(state, path),
        ...mapOf(state, around, place),
        ...effects(),
        ...fallible(),
      };
  }
};
