import type { OverrideTarget, SubmissionTarget, SubmissionTargets } from '../../lib/contracts/submission';
import { fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
import { refusal } from '../shared/refusal';

const entriesOf = <Value>(value: unknown, where: string, read: (value: unknown, where: string) => Value) => {
  if (!isFields(value)) throw wrongKind(where, 'an object', value);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, read(entry, `${where}.${name}`)]));
};

const listOf = <Value>(value: unknown, where: string, read: (value: unknown, where: string) => Value) => {
  if (!Array.isArray(value)) throw wrongKind(where, 'a list', value);
  return value.map((entry, index) => read(entry, `${where}[${index}]`));
};

const PLACES = ['container', 'task', 'pod'] as const;

const overrideOf = (value: unknown, where: string): OverrideTarget => {
  const { place, containers, targetNodes } = fieldsOf(value, where, ['place', 'containers', 'targetNodes']);
  const known = PLACES.find((one) => one === place);
  if (known === undefined) throw wrongKind(`${where}.place`, PLACES.join(' or '), place);
  return {
    place: known,
    containers: listOf(containers, `${where}.containers`, textOf),
    targetNodes: optionalTextOf(targetNodes, `${where}.targetNodes`),
  };
};

const FIELDS = ['jobDefinition', 'queue', 'shared', 'shareIdentifier', 'overrides'];

const targetOf = (entry: unknown, where: string): SubmissionTarget => {
  const { jobDefinition, queue, shared, shareIdentifier, overrides } = fieldsOf(entry, where, FIELDS);
  return {
    jobDefinition: textOf(jobDefinition, `${where}.jobDefinition`),
    queue: textOf(queue, `${where}.queue`),
    shared: shared === true ? true : undefined,
    shareIdentifier: optionalTextOf(shareIdentifier, `${where}.shareIdentifier`),
    overrides: overrides === undefined ? undefined : listOf(overrides, `${where}.overrides`, overrideOf),
  };
};

// A message of the parser would repeat what it could not read.
const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    throw refusal('InvalidRequest', `'targets' must be JSON: deploy this function with its construct`);
  }
};

/** Reads what may be submitted, as the construct wrote it into the environment. */
export const targetsOf = (json: string): SubmissionTargets => {
  const { jobs, queues, sharedQueues } = fieldsOf(parsed(json), 'targets', ['jobs', 'queues', 'sharedQueues']);
  return {
    jobs: entriesOf(jobs, 'targets.jobs', targetOf),
    queues: entriesOf(queues, 'targets.queues', textOf),
    sharedQueues: sharedQueues === undefined ? undefined : listOf(sharedQueues, 'targets.sharedQueues', textOf),
  };
};
