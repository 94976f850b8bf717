import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Machine, MapState, State, WaitState } from './definition';
import { checkFields, stateTypeOf } from './fields';
import { invalid } from './invalid';
import { catchersOf, choicesOf, effectsOf, retriersOf, templateOf } from './read-rules';

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

const waitOf = (state: Reader, path: string): Pick<WaitState, 'seconds' | 'timestamp'> => {
  const [seconds, timestamp] = [templateOf(state, 'Seconds', path), templateOf(state, 'Timestamp', path)];
  if ((seconds === undefined) === (timestamp === undefined)) {
    throw invalid(`exactly one of 'Seconds' and 'Timestamp' is required`, path);
  }
  return { seconds, timestamp };
};

const mapOf = (
  state: Reader,
  around: Surroundings,
  path: string,
): Pick<MapState, 'items' | 'itemSelector' | 'maxConcurrency' | 'processor'> => {
  const processor = state.record('ItemProcessor');
  const mode = processor.optionalRecord('ProcessorConfig')?.optionalText('Mode') ?? 'INLINE';
  if (mode !== 'INLINE') throw notSupported(`Map states with the mode ${mode} (at ${path})`, 'use INLINE');
  return {
    items: templateOf(state, 'Items', path),
    itemSelector: templateOf(state, 'ItemSelector', path),
    maxConcurrency: templateOf(state, 'MaxConcurrency', path),
    processor: around.machine(processor, `${path}/ItemProcessor`),
  };
};

/** Reads one JSONata state. */
export const readState = (name: string, state: Reader, around: Surroundings, path: string): State => {
  const type = stateTypeOf(state, path);
  checkFields(state, type, path);
  const effects = (): ReturnType<typeof effectsOf> => effectsOf(state, path);
  const fallible = () => ({ retry: retriersOf(state, path), catch: catchersOf(state, path) });
  switch (type) {
    case 'Task': {
      const resource = state.text('Resource');
      around.checkResource(resource);
      return {
        ...{ name, type, resource, next: nextOf(state, path) },
        arguments: templateOf(state, 'Arguments', path),
        timeoutSeconds: templateOf(state, 'TimeoutSeconds', path),
        ...effects(),
        ...fallible(),
      };
    }
    case 'Choice':
      return { name, type, choices: choicesOf(state, path), default: state.optionalText('Default'), ...effects() };
    case 'Pass':
      return { name, type, next: nextOf(state, path), ...effects() };
    case 'Wait':
      return { name, type, next: nextOf(state, path), ...waitOf(state, path), ...effects() };
    case 'Succeed':
      return { name, type, output: templateOf(state, 'Output', path) };
    case 'Fail':
      return { name, type, error: templateOf(state, 'Error', path), cause: templateOf(state, 'Cause', path) };
    case 'Parallel': {
      const branches = state
        .records('Branches')
        .map((branch, index) => around.machine(branch, `${path}/Branches[${index}]`));
      if (branches.length === 0) throw invalid('Branches must hold at least one branch', `${path}/Branches`);
      return {
        ...{ name, type, branches, next: nextOf(state, path) },
        arguments: templateOf(state, 'Arguments', path),
        ...effects(),
        ...fallible(),
      };
    }
    case 'Map':
      return { name, type, next: nextOf(state, path), ...mapOf(state, around, path), ...effects(), ...fallible() };
  }
};
