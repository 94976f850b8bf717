import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { StateType } from './definition';
import { invalid } from './invalid';

const ALWAYS = ['Type', 'Comment', 'QueryLanguage'];
const MOVES = ['Next', 'End'];
const EFFECTS = ['Output', 'Assign'];
const FALLIBLE = ['Retry', 'Catch'];

/** What a JSONata state of each type may hold. */
const FIELDS: Readonly<Record<StateType, readonly string[]>> = {
  Task: [...MOVES, ...EFFECTS, ...FALLIBLE, 'Resource', 'Arguments', 'TimeoutSeconds'],
  Choice: [...EFFECTS, 'Choices', 'Default'],
  Pass: [...MOVES, ...EFFECTS],
  Wait: [...MOVES, ...EFFECTS, 'Seconds', 'Timestamp'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
  Parallel: [...MOVES, ...EFFECTS, ...FALLIBLE, 'Arguments', 'Branches'],
  Map: [...MOVES, ...EFFECTS, ...FALLIBLE, 'Items', 'ItemSelector', 'MaxConcurrency', 'ItemProcessor'],
};

/** Fields that AWS knows and this endpoint does not do. */
const UNSUPPORTED: readonly string[] = [
  'Credentials',
  'HeartbeatSeconds',
  'ItemBatcher',
  'ItemReader',
  'Label',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

const isStateType = (text: string): text is StateType => text in FIELDS;

/** The type of a state; refuses a type and a field that do not exist. */
export const stateTypeOf = (state: Reader, path: string): StateType => {
  const type = state.text('Type');
  if (!isStateType(type)) {
    throw invalid(`unknown state type '${type}'; known are ${Object.keys(FIELDS).join(', ')}`, `${path}/Type`);
  }
  return type;
};

/** Refuses fields that a state of this type does not have, or that only JSONPath has. */
export const checkFields = (state: Reader, type: StateType, path: string): void => {
  for (const field of Object.keys(state.values)) {
    if (ALWAYS.includes(field) || FIELDS[type].includes(field)) continue;
    if (UNSUPPORTED.includes(field)) throw notSupported(`the field ${field} of ${type} states (at ${path})`);
    throw invalid(`field '${field}' is not supported by ${type} states with JSONata`, path);
  }
};
