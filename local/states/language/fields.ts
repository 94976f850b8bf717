import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { QueryLanguage, StateType } from './definition';
import { invalid } from './invalid';

const ALWAYS = ['Type', 'Comment', 'QueryLanguage'];
const MOVES = ['Next', 'End'];
const EFFECTS = ['Output', 'Assign'];
const FALLIBLE = ['Retry', 'Catch'];
/** What only a distributed Map has. */
const DISTRIBUTED = [
  ...['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'ToleratedFailureCount', 'ToleratedFailurePercentage'],
];

const TOLERATED_PATHS = ['ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'];

/** What a JSONata state of each type may hold. */
const JSONATA_FIELDS: Readonly<Record<StateType, readonly string[]>> = {
  Task: [...MOVES, ...EFFECTS, ...FALLIBLE, 'Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds'],
  Choice: [...EFFECTS, 'Choices', 'Default'],
  Pass: [...MOVES, ...EFFECTS],
  Wait: [...MOVES, ...EFFECTS, 'Seconds', 'Timestamp'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
  Parallel: [...MOVES, ...EFFECTS, ...FALLIBLE, 'Arguments', 'Branches'],
  Map: [...MOVES, ...EFFECTS, ...FALLIBLE, ...DISTRIBUTED, 'Items', 'ItemSelector', 'MaxConcurrency', 'ItemProcessor'],
};

const PATHS = ['InputPath', 'OutputPath'];
const RESULTS = [...PATHS, 'Parameters', 'ResultPath', 'Assign'];

/** What a JSONPath state of each type may hold. */
const JSONPATH_FIELDS: Readonly<Record<StateType, readonly string[]>> = {
  Task: [
    ...[...MOVES, ...FALLIBLE, ...RESULTS, 'ResultSelector', 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath'],
    ...['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ],
  Choice: [...PATHS, 'Assign', 'Choices', 'Default'],
  Pass: [...MOVES, ...RESULTS, 'Result'],
  Wait: [...MOVES, ...PATHS, 'Assign', 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Succeed: PATHS,
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...MOVES, ...FALLIBLE, ...RESULTS, 'ResultSelector', 'Branches'],
  Map: [
    ...[...MOVES, ...FALLIBLE, ...RESULTS, 'ResultSelector', 'ItemsPath', 'ItemSelector', 'MaxConcurrency'],
    ...['MaxConcurrencyPath', 'ItemProcessor', 'Iterator', ...DISTRIBUTED, ...TOLERATED_PATHS],
  ],
};

const FIELDS = { JSONata: JSONATA_FIELDS, JSONPath: JSONPATH_FIELDS } as const;

/** Fields that AWS knows and this endpoint does not do. */
const UNSUPPORTED: readonly string[] = ['Credentials'];

const isStateType = (text: string): text is StateType => text in JSONATA_FIELDS;

/** The type of a state; refuses a type and a field that do not exist. */
export const stateTypeOf = (state: Reader, path: string): StateType => {
  const type = state.text('Type');
  if (!isStateType(type)) {
    throw invalid(`unknown state type '${type}'; known are ${Object.keys(JSONATA_FIELDS).join(', ')}`, `${path}/Type`);
  }
  return type;
};

/** Refuses fields that a state of this type does not have, or that only the other query language has. */
export const checkFields = (state: Reader, type: StateType, language: QueryLanguage, path: string): void => {
  for (const field of Object.keys(state.values)) {
    if (ALWAYS.includes(field) || FIELDS[language][type].includes(field)) continue;
    if (UNSUPPORTED.includes(field)) throw notSupported(`the field ${field} of ${type} states (at ${path})`);
    throw invalid(`field '${field}' is not supported by ${type} states with ${language}`, path);
  }
};

/** Refuses what an inline Map does not have. */
export const checkInline = (state: Reader, path: string): void => {
  const field = [...DISTRIBUTED, ...TOLERATED_PATHS].find((name) => state.has(name));
  if (field !== undefined) throw invalid(`field '${field}' is only supported by Map states in DISTRIBUTED mode`, path);
};
