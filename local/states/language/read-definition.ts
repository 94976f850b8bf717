import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import { checkVariables } from './check-variables';
import type { Machine, QueryLanguage, State } from './definition';
import { invalid } from './invalid';
import { isJsonObject, type Json, memberOf, parseJson } from './json';
import { readState } from './read-state';

const MAX_DEFINITION_BYTES = 1_048_576;
const MAX_NAME = 80;

/** Where a state may go. */
const targetsOf = (state: State): readonly string[] => {
  const targets: string[] = [];
  if ('next' in state && state.next !== undefined) targets.push(state.next);
  if ('catch' in state) targets.push(...state.catch.map(({ next }) => next));
  if (state.type === 'Choice') {
    targets.push(...state.choices.map(({ next }) => next));
    if (state.default !== undefined) targets.push(state.default);
  }
  return targets;
};

const checkGraph = ({ startAt, states }: Machine, path: string): void => {
  const kind = 'MISSING_TRANSITION_TARGET';
  if (!states.has(startAt)) throw invalid(`Missing 'StartAt' target: ${startAt}`, `${path}/StartAt`, kind);
  const reached = new Set([startAt]);
  for (const name of reached) {
    const state = states.get(name);
    if (state === undefined) continue;
    for (const target of targetsOf(state)) {
      if (!states.has(target)) throw invalid(`Missing 'Next' target: ${target}`, `${path}/States/${name}`, kind);
      reached.add(target);
    }
  }
  for (const name of states.keys()) {
    if (!reached.has(name)) throw invalid(`State '${name}' is not reachable`, `${path}/States/${name}`, kind);
  }
};

const readLanguage = (reader: Reader, otherwise: QueryLanguage, path: string): QueryLanguage => {
  const language = reader.optionalText('QueryLanguage') ?? otherwise;
  if (language === 'JSONata' || language === 'JSONPath') return language;
  throw invalid(`QueryLanguage must be JSONata or JSONPath, got '${language}'`, `${path}/QueryLanguage`);
};

/** Reads the machine and all machines inside it. */
class DefinitionReader {
  private readonly names = new Set<string>();

  constructor(
    private readonly language: QueryLanguage,
    private readonly checkResource: (resource: string) => void,
  ) {}

  machine(reader: Reader, path: string): Machine {
    const startAt = reader.text('StartAt');
    const all = reader.record('States');
    const states = new Map(Object.keys(all.values).map((name) => [name, this.state(name, all.record(name), path)]));
    const machine = { startAt, states, timeoutSeconds: reader.optionalNumber('TimeoutSeconds') };
    checkGraph(machine, path);
    return machine;
  }

  private state(name: string, reader: Reader, machinePath: string): State {
    const path = `${machinePath}/States/${name}`;
    if (name.length > MAX_NAME) throw invalid(`a state name has at most ${MAX_NAME} characters`, path);
    if (this.names.has(name)) throw invalid(`a state named '${name}' exists already in this state machine`, path);
    this.names.add(name);
    return readState(
      name,
      reader,
      { checkResource: this.checkResource, machine: (inner, innerPath) => this.machine(inner, innerPath) },
      { path, language: this.languageOf(reader, path) },
    );
  }

  private languageOf(state: Reader, path: string): QueryLanguage {
    const language = readLanguage(state, this.language, path);
    if (language === 'JSONPath' && this.language === 'JSONata') {
      throw invalid(`'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine`, path);
    }
    return language;
  }
}

const parse = (text: string): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error), '/', 'INVALID_JSON_DESCRIPTION');
  }
};

/** Reads and checks a definition in Amazon States Language, as it would be when a state machine is created. */
export const readDefinition = (text: string, checkResource: (resource: string) => void): Machine => {
  if (Buffer.byteLength(text) > MAX_DEFINITION_BYTES) {
    throw new AwsError('InvalidDefinition', `the definition has more than ${MAX_DEFINITION_BYTES} bytes`);
  }
  const value = parse(text);
  if (!isJsonObject(value)) throw invalid('Definition must be a valid JSON object', '/');
  const missing = ['States', 'StartAt'].filter((field) => memberOf(value, field) === undefined);
  if (missing.length > 0) throw invalid(`These fields are required: [${missing.join(', ')}]`, '/');
  const reader = new Reader(value, '', 'InvalidDefinition');
  const machine = new DefinitionReader(readLanguage(reader, 'JSONPath', ''), checkResource).machine(reader, '');
  checkVariables(machine);
  return machine;
};
