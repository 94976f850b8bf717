import type { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { allowOnly, checkName, checkRange, clientError, nameOf, readInput, splitName } from './checks';
import { BODIES, readBody } from './definition-body';
import { readConsumables } from './holdings';
import type { JobDefinition, JobTimeout } from './job-definition';
import { pageOf } from './pages';
import { readRetryStrategy } from './retry';
import type { BatchState } from './state';
import { readTags } from './tags';

const MAX_BYTES = 24 * 1024;
const PROPERTIES = [
  ...['jobDefinitionName', 'type', 'parameters', 'schedulingPriority', 'retryStrategy', 'consumableResourceProperties'],
  ...['propagateTags', 'timeout', 'tags', 'platformCapabilities', ...BODIES],
];

/** Reads `timeout` of a job definition or a submission. */
export const readTimeout = (reader: Reader): JobTimeout | undefined => {
  const seconds = reader.optionalRecord('timeout')?.optionalNumber('attemptDurationSeconds');
  if (seconds === undefined) return undefined;
  return {
    attemptDurationSeconds: checkRange('timeout.attemptDurationSeconds', seconds, 60, Number.MAX_SAFE_INTEGER),
  };
};

const describe = (definition: JobDefinition): Output => ({
  jobDefinitionName: definition.name,
  jobDefinitionArn: definition.arn,
  revision: definition.revision,
  status: definition.status,
  type: definition.kind === 'nodeProperties' ? 'multinode' : 'container',
  containerOrchestrationType: definition.kind === 'eksProperties' ? 'EKS' : 'ECS',
  parameters: definition.parameters,
  ...definition.described,
  consumableResourceProperties: { consumableResourceList: definition.consumables },
  retryStrategy: definition.retryStrategy,
  timeout: definition.timeout,
  propagateTags: definition.propagateTags,
  platformCapabilities: definition.kind === 'eksProperties' ? undefined : definition.platforms,
  schedulingPriority: definition.schedulingPriority,
  tags: definition.tags,
});

const register = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const name = checkName('job definition name', reader.text('jobDefinitionName'));
  allowOnly(reader, 'RegisterJobDefinition', PROPERTIES);
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > MAX_BYTES) throw clientError(`a job definition has at most ${MAX_BYTES} bytes, got ${bytes}`);

  const priority = reader.optionalNumber('schedulingPriority');
  const revisions = state.definitions.get(name) ?? [];
  const revision = revisions.length + 1;
  const definition: JobDefinition = {
    sequence: state.nextSequence(),
    name,
    revision,
    arn: state.world.arn('batch', `job-definition/${name}:${revision}`),
    status: 'ACTIVE',
    ...readBody(reader),
    consumables: readConsumables(reader, 'consumableResourceProperties') ?? [],
    parameters: reader.textMap('parameters'),
    retryStrategy: readRetryStrategy(reader),
    timeout: readTimeout(reader),
    propagateTags: reader.has('propagateTags') ? reader.flag('propagateTags') : undefined,
    schedulingPriority: priority === undefined ? undefined : checkRange('schedulingPriority', priority, 0, 9999),
    tags: readTags(reader),
  };
  state.definitions.set(name, [...revisions, definition]);
  return { jobDefinitionName: name, jobDefinitionArn: definition.arn, revision };
};

const deregister = (state: BatchState, input: Input): Output => {
  const reference = readInput(input).text('jobDefinition');
  const { name, suffix: revision } = splitName(nameOf('job-definition', reference));
  if (revision === undefined) {
    throw clientError(`'jobDefinition' must name a revision, as in '${name}:1', got '${reference}'`);
  }
  const definition = state.definitions.get(name)?.find((entry) => String(entry.revision) === revision);
  if (definition === undefined) throw clientError(`job definition '${reference}' does not exist`);
  definition.status = 'INACTIVE';
  return {};
};

const describeAll = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const references = reader.texts('jobDefinitions').map((reference) => nameOf('job-definition', reference));
  const name = reader.optionalText('jobDefinitionName');
  const status = reader.optionalText('status');
  const wanted = ({ arn, ...definition }: JobDefinition): boolean =>
    (references.length === 0 || references.includes(nameOf('job-definition', arn))) &&
    (name === undefined || definition.name === name) &&
    (status === undefined || definition.status === status);
  const { items, nextToken } = pageOf([...state.definitions.values()].flat().filter(wanted), reader, 100);
  return { jobDefinitions: items.map(describe), nextToken };
};

/** Operations on job definitions. */
export const jobDefinitionOperations = (state: BatchState): Readonly<Record<string, Operation>> => ({
  RegisterJobDefinition: (input) => register(state, input),
  DeregisterJobDefinition: (input) => deregister(state, input),
  DescribeJobDefinitions: (input) => describeAll(state, input),
});
