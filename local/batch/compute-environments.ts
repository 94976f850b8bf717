import { randomUUID } from 'node:crypto';
import type { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import { allowOnly, checkName, clientError, oneOf, readInput, readState } from './checks';
import type { ComputeEnvironment, ComputeResources } from './compute-environment';
import { platformOf, readComputeResources, UNMANAGED } from './compute-resources';
import { pageOfNamed } from './pages';
import { serviceRoleOf } from './service-role';
import { findEnvironment, type BatchState } from './state';
import { readTags } from './tags';

const MAX_ENVIRONMENTS = 50;

const isUnmanaged = ({ resources }: ComputeEnvironment): boolean => resources.type === UNMANAGED.type;

const describe = (environment: ComputeEnvironment): Output => ({
  computeEnvironmentName: environment.name,
  computeEnvironmentArn: environment.arn,
  uuid: environment.uuid,
  type: isUnmanaged(environment) ? 'UNMANAGED' : 'MANAGED',
  state: environment.state,
  status: 'VALID',
  statusReason: 'ComputeEnvironment Healthy',
  serviceRole: environment.serviceRole,
  containerOrchestrationType: environment.platform === 'EKS' ? 'EKS' : 'ECS',
  computeResources: isUnmanaged(environment) ? undefined : environment.resources.described,
  tags: environment.tags,
  ...environment.described,
});

const identity = (environment: ComputeEnvironment): Output => ({
  computeEnvironmentName: environment.name,
  computeEnvironmentArn: environment.arn,
});

const profileArn = ({ world }: BatchState, { instanceRole }: ComputeResources): string | undefined =>
  instanceRole === undefined || instanceRole.startsWith('arn:')
    ? instanceRole
    : `arn:${world.partition}:iam::${world.account}:instance-profile/${instanceRole}`;

const readResources = (reader: Reader, isUnmanaged: boolean, isEks: boolean): ComputeResources => {
  if (!isUnmanaged) return readComputeResources(reader.record('computeResources'), isEks);
  const given = reader.optionalRecord('computeResources')?.values ?? {};
  if (Object.keys(given).length > 0) throw clientError("'computeResources' must not be given for type UNMANAGED");
  return UNMANAGED;
};

/** Kept and described, without an effect here. */
const INERT = ['unmanagedvCpus', 'eksConfiguration', 'ecsSettings', 'context'];

const create = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const name = checkName('compute environment name', reader.text('computeEnvironmentName'));
  const type = oneOf('type', reader.text('type'), ['MANAGED', 'UNMANAGED']);
  allowOnly(reader, 'CreateComputeEnvironment', [
    ...['computeEnvironmentName', 'type', 'state', 'computeResources', 'serviceRole', 'tags', ...INERT],
  ]);
  if (type === 'MANAGED' && reader.has('unmanagedvCpus')) {
    throw clientError("'unmanagedvCpus' must not be given for type MANAGED");
  }
  const eks = reader.optionalRecord('eksConfiguration');
  eks?.text('eksClusterArn');
  eks?.text('kubernetesNamespace');
  if (state.environments.has(name)) throw clientError(`compute environment '${name}' exists already`);
  if (state.environments.size >= MAX_ENVIRONMENTS) {
    throw clientError(`an account has at most ${MAX_ENVIRONMENTS} compute environments`);
  }
  const { world } = state;
  const isEks = eks !== undefined;
  const resources = readResources(reader, type === 'UNMANAGED', isEks);
  const environment: ComputeEnvironment = {
    sequence: state.nextSequence(),
    uuid: randomUUID(),
    name,
    arn: world.arn('batch', `compute-environment/${name}`),
    platform: platformOf(resources, isEks),
    state: readState(reader),
    resources,
    instanceProfileArn: profileArn(state, resources),
    serviceRole: reader.optionalText('serviceRole') ?? serviceRoleOf(world).arn,
    described: Object.fromEntries(INERT.filter((key) => reader.has(key)).map((key) => [key, reader.values[key]])),
    tags: readTags(reader),
    usedVcpus: 0,
  };
  state.environments.set(name, environment);
  return identity(environment);
};

const update = (state: BatchState, input: Input): Output => {
  const reader = readInput(input);
  const settings = ['updatePolicy', 'ecsSettings', 'unmanagedvCpus', 'context'];
  allowOnly(reader, 'UpdateComputeEnvironment', [
    ...['computeEnvironment', 'state', 'computeResources', 'serviceRole', ...settings],
  ]);
  const environment = findEnvironment(state, reader.text('computeEnvironment'));
  const isEks = environment.platform === 'EKS';
  const former = isUnmanaged(environment) ? {} : environment.resources.described;
  const changes = reader.optionalRecord('computeResources')?.values;
  const whole = readInput({ ...input, computeResources: { ...former, ...changes } });
  const resources = readResources(whole, isUnmanaged(environment), isEks);
  if (platformOf(resources, isEks) !== environment.platform) {
    throw clientError(
      "'computeResources.type' cannot change between EC2, Fargate and Managed Instances: create another environment",
    );
  }
  const described = { ...environment.described };
  for (const name of settings) if (reader.has(name)) described[name] = reader.values[name];
  environment.resources = resources;
  environment.instanceProfileArn = profileArn(state, resources);
  environment.described = described;
  if (reader.has('state')) environment.state = readState(reader);
  environment.serviceRole = reader.optionalText('serviceRole') ?? environment.serviceRole;
  return identity(environment);
};

const remove = (state: BatchState, input: Input): Output => {
  const environment = findEnvironment(state, readInput(input).text('computeEnvironment'));
  const user = [...state.queues.values()].find((queue) => queue.environments.includes(environment));
  if (user !== undefined) {
    throw clientError(`Cannot delete, found existing JobQueue relationship: '${user.name}' uses '${environment.name}'`);
  }
  if (environment.state === 'ENABLED') {
    throw clientError(`Cannot delete, compute environment '${environment.name}' must be DISABLED first`);
  }
  state.environments.delete(environment.name);
  return {};
};

const describeAll = (state: BatchState, input: Input): Output => {
  const { items, nextToken } = pageOfNamed(state.environments.values(), readInput(input), 'computeEnvironments');
  return { computeEnvironments: items.map(describe), nextToken };
};

/** Operations on compute environments; `changed` runs when capacity may have changed. */
export const computeEnvironmentOperations = (
  state: BatchState,
  changed: () => void,
): Readonly<Record<string, Operation>> => ({
  CreateComputeEnvironment: (input) => create(state, input),
  UpdateComputeEnvironment: (input) => {
    const output = update(state, input);
    changed();
    return output;
  },
  DeleteComputeEnvironment: (input) => remove(state, input),
  DescribeComputeEnvironments: (input) => describeAll(state, input),
});
