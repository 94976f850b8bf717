import type { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { allowOnly, checkName, checkRange, clientError, oneOf, readInput } from './checks';
import { availableOf, findKept, type KeptKind, type KeptResource } from './kept-resource';
import { pageOfNamed } from './pages';
import { findQueue, type BatchState } from './state';
import { readTags } from './tags';

/** One kind of resource, in the words of its operations. */
interface Words {
  readonly kind: KeptKind;
  /** `SchedulingPolicy` of `CreateSchedulingPolicy`. */
  readonly noun: string;
  readonly name: string;
  readonly arn: string;
  /** Names the resource in requests. */
  readonly reference: string;
  /** What Create and Update take; what has a `state` must be DISABLED before it is deleted. */
  readonly settings: readonly string[];
  /** What only Create takes. */
  readonly fixed?: readonly string[];
  /** What names several to describe, and holds the answer; without it one is described. */
  readonly several?: { readonly noun: string; readonly names: string; readonly answer: string };
  readonly isOptional?: true;
  readonly check: (state: BatchState, reader: Reader) => unknown;
}

const KINDS: readonly Words[] = [
  {
    ...{ kind: 'scheduling-policy', noun: 'SchedulingPolicy', name: 'name', arn: 'arn', reference: 'arn' },
    settings: ['fairsharePolicy', 'quotaSharePolicy'],
    isOptional: true,
    several: { noun: 'SchedulingPolicies', names: 'arns', answer: 'schedulingPolicies' },
    check: (_state, reader) => {
      if (reader.has('fairsharePolicy') && reader.has('quotaSharePolicy')) {
        throw clientError("a scheduling policy has one of 'fairsharePolicy' and 'quotaSharePolicy'");
      }
      const shares = reader.optionalRecord('fairsharePolicy')?.records('shareDistribution') ?? [];
      shares.forEach((share) => share.text('shareIdentifier'));
    },
  },
  {
    ...{ kind: 'consumable-resource', noun: 'ConsumableResource', name: 'consumableResourceName' },
    ...{ arn: 'consumableResourceArn', reference: 'consumableResource' },
    settings: ['totalQuantity', 'resourceType'],
    check: (_state, reader) => {
      oneOf('resourceType', reader.text('resourceType'), ['REPLENISHABLE', 'NON_REPLENISHABLE']);
      checkRange('totalQuantity', reader.number('totalQuantity'), 0, Number.MAX_SAFE_INTEGER);
    },
  },
  {
    ...{ kind: 'service-environment', noun: 'ServiceEnvironment', name: 'serviceEnvironmentName' },
    ...{ arn: 'serviceEnvironmentArn', reference: 'serviceEnvironment' },
    settings: ['capacityLimits', 'state'],
    fixed: ['serviceEnvironmentType'],
    several: { noun: 'ServiceEnvironments', names: 'serviceEnvironments', answer: 'serviceEnvironments' },
    check: (_state, reader) =>
      oneOf('serviceEnvironmentType', reader.text('serviceEnvironmentType'), ['SAGEMAKER_TRAINING']),
  },
  {
    ...{ kind: 'quota-share', noun: 'QuotaShare', name: 'quotaShareName' },
    ...{ arn: 'quotaShareArn', reference: 'quotaShareArn' },
    settings: ['capacityLimits', 'resourceSharingConfiguration', 'preemptionConfiguration', 'state'],
    fixed: ['jobQueue'],
    check: (state, reader) => findQueue(state, reader.text('jobQueue')),
  },
];

const hasState = ({ settings }: Words): boolean => settings.includes('state');

const without = (values: Input, ...names: readonly string[]): Input =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== undefined && !names.includes(name)));

const checkSettings = (words: Words, state: BatchState, reader: Reader): void => {
  for (const name of [...words.settings, ...(words.fixed ?? [])]) {
    if (!reader.has(name) && words.isOptional !== true) throw clientError(`'${name}' must be given`);
  }
  if (hasState(words)) oneOf('state', reader.text('state'), ['ENABLED', 'DISABLED']);
  words.check(state, reader);
};

const arnOf = (state: BatchState, { kind }: Words, name: string, reader: Reader): string =>
  kind === 'quota-share'
    ? `${findQueue(state, reader.text('jobQueue')).arn}/quota-share/${name}`
    : state.world.arn('batch', `${kind}/${name}`);

const create = (state: BatchState, words: Words, input: Input): Output => {
  const given = readInput(input);
  const name = checkName(`${words.kind.replace('-', ' ')} name`, given.text(words.name));
  allowOnly(given, `Create${words.noun}`, [words.name, 'tags', ...(words.fixed ?? []), ...words.settings]);
  const whole = { ...(hasState(words) ? { state: 'ENABLED' } : {}), ...without(input, words.name, 'tags') };
  checkSettings(words, state, readInput(whole));
  const arn = arnOf(state, words, name, given);
  if (state.kept.has(arn)) throw clientError(`${arn} exists already`);
  const sequence = state.nextSequence();
  state.kept.set(arn, { sequence, kind: words.kind, name, arn, properties: whole, inUse: 0, tags: readTags(given) });
  return { [words.name]: name, [words.arn]: arn };
};

/** The quantity of a consumable resource is set, or changed by a number. */
const newQuantity = (resource: KeptResource, reader: Reader): Input => {
  allowOnly(reader, 'UpdateConsumableResource', ['consumableResource', 'operation', 'quantity', 'clientToken']);
  const operation = oneOf('operation', reader.optionalText('operation') ?? 'SET', ['SET', 'ADD', 'REMOVE']);
  const quantity = checkRange('quantity', reader.number('quantity'), 0, Number.MAX_SAFE_INTEGER);
  const sign = operation === 'REMOVE' ? -1 : 1;
  const former = operation === 'SET' ? 0 : readInput(resource.properties).number('totalQuantity');
  return { totalQuantity: Math.max(0, former + sign * quantity) };
};

const newSettings = (words: Words, reader: Reader): Input => {
  allowOnly(reader, `Update${words.noun}`, [words.reference, ...words.settings]);
  return without(reader.values, words.reference);
};

const update = (state: BatchState, words: Words, input: Input): Output => {
  const reader = readInput(input);
  const resource = findKept(state, words.kind, reader.text(words.reference));
  const changes = words.kind === 'consumable-resource' ? newQuantity(resource, reader) : newSettings(words, reader);
  const properties = { ...resource.properties, ...changes };
  checkSettings(words, state, readInput(properties));
  resource.properties = properties;
  return { [words.name]: resource.name, [words.arn]: resource.arn, totalQuantity: properties.totalQuantity };
};

const isUsed = (state: BatchState, { arn }: KeptResource): boolean =>
  [...state.queues.values()].some(
    ({ schedulingPolicy, serviceEnvironments }) =>
      schedulingPolicy?.arn === arn || serviceEnvironments.some((entry) => entry.serviceEnvironment === arn),
  );

const remove = (state: BatchState, words: Words, input: Input): Output => {
  const resource = findKept(state, words.kind, readInput(input).text(words.reference));
  if (isUsed(state, resource)) throw clientError(`Cannot delete, a job queue uses ${resource.arn}`);
  if (hasState(words) && resource.properties.state !== 'DISABLED') {
    throw clientError(`Cannot delete, ${resource.arn} must be DISABLED first`);
  }
  state.kept.delete(resource.arn);
  return {};
};

const describe = (words: Words, resource: KeptResource): Output => ({
  ...resource.properties,
  [words.name]: resource.name,
  [words.arn]: resource.arn,
  ...(hasState(words) ? { status: 'VALID' } : {}),
  ...(words.kind === 'quota-share' ? { jobQueueArn: resource.arn.replace(/\/quota-share\/.*/, '') } : {}),
  ...(words.kind === 'consumable-resource'
    ? { inUseQuantity: resource.inUse, availableQuantity: availableOf(resource) }
    : {}),
  tags: resource.tags,
});

const describeAny = (state: BatchState, words: Words, input: Input): Output => {
  const { kind, reference, several } = words;
  const reader = readInput(input);
  if (several === undefined) return describe(words, findKept(state, kind, reader.text(reference)));
  const all = [...state.kept.values()].filter((resource) => resource.kind === kind);
  const { items, nextToken } = pageOfNamed(all, reader, several.names);
  return { [several.answer]: items.map((resource) => describe(words, resource)), nextToken };
};

/** Operations on what queues and jobs refer to; `changed` runs when jobs that wait may have to be looked at again. */
export const keptOperations = (state: BatchState, changed: () => void): Readonly<Record<string, Operation>> =>
  Object.fromEntries(
    KINDS.flatMap((words) =>
      Object.entries<Operation>({
        [`Create${words.noun}`]: (input) => create(state, words, input),
        [`Update${words.noun}`]: (input) => {
          const output = update(state, words, input);
          changed();
          return output;
        },
        [`Delete${words.noun}`]: (input) => remove(state, words, input),
        [`Describe${words.several?.noun ?? words.noun}`]: (input) => describeAny(state, words, input),
      }),
    ),
  );
