import type {
  OverrideTarget,
  QueueTarget,
  QuotaTarget,
  SubmissionTarget,
  SubmissionTargets,
  TeamTarget,
} from '../../lib/contracts/submission';
import { anyTextOf, countOf, fieldsOf, isFields, optionalTextOf, textOf, wrongKind } from '../shared/fields';
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

const tagsOf = (value: unknown, where: string) => entriesOf(value, where, (tag, name) => anyTextOf(tag, name));

const FIELDS = ['jobDefinition', 'queue', 'shareIdentifier', 'tags', 'overrides'];

const targetOf = (entry: unknown, where: string): SubmissionTarget => {
  const { jobDefinition, queue, shareIdentifier, tags, overrides } = fieldsOf(entry, where, FIELDS);
  return {
    jobDefinition: textOf(jobDefinition, `${where}.jobDefinition`),
    queue: textOf(queue, `${where}.queue`),
    shareIdentifier: optionalTextOf(shareIdentifier, `${where}.shareIdentifier`),
    tags: tags === undefined ? undefined : tagsOf(tags, `${where}.tags`),
    overrides: overrides === undefined ? undefined : listOf(overrides, `${where}.overrides`, overrideOf),
  };
};

const queueOf = (entry: unknown, where: string): QueueTarget => {
  const { arn, shared, platform, own } = fieldsOf(entry, where, ['arn', 'shared', 'platform', 'own']);
  return {
    arn: textOf(arn, `${where}.arn`),
    shared: shared === true ? true : undefined,
    platform: optionalTextOf(platform, `${where}.platform`),
    own: own === true ? true : undefined,
  };
};

const PERIODS = ['day', 'hour'] as const;

const quotaOf = (value: unknown, where: string): QuotaTarget => {
  const { jobs, per } = fieldsOf(value, where, ['jobs', 'per']);
  const known = PERIODS.find((one) => one === per);
  if (known === undefined) throw wrongKind(`${where}.per`, PERIODS.join(' or '), per);
  return { jobs: countOf(jobs, `${where}.jobs`), per: known };
};

const TEAM_FIELDS = ['queues', 'shareIdentifier', 'tags', 'quota'];

const teamOf = (entry: unknown, where: string): TeamTarget => {
  const { queues, shareIdentifier, tags, quota } = fieldsOf(entry, where, TEAM_FIELDS);
  return {
    queues: queues === undefined ? undefined : listOf(queues, `${where}.queues`, textOf),
    shareIdentifier: textOf(shareIdentifier, `${where}.shareIdentifier`),
    tags: tagsOf(tags, `${where}.tags`),
    quota: quota === undefined ? undefined : quotaOf(quota, `${where}.quota`),
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
  const { jobs, queues, teams } = fieldsOf(parsed(json), 'targets', ['jobs', 'queues', 'teams']);
  return {
    jobs: entriesOf(jobs, 'targets.jobs', targetOf),
    queues: entriesOf(queues, 'targets.queues', queueOf),
    teams: teams === undefined ? undefined : entriesOf(teams, 'targets.teams', teamOf),
  };
};
