import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { notSupported } from '../core/errors';
import { allowOnly, clientError } from './checks';
import type { Container } from './container';
import { readEnvironment, readRequirements } from './container-properties';
import type { BodyKind } from './definition-body';
import type { JobDefinition } from './job-definition';
import { containersOfNodes, type Nodes, readTarget } from './nodes';

/** Puts parameters in the place of `Ref::name`; a name without a parameter stays, as in AWS. */
export const substitute = (
  command: readonly string[],
  parameters: Readonly<Record<string, string>>,
): readonly string[] =>
  command.map((word) =>
    word.replace(/Ref::([A-Za-z0-9_-]+)/g, (placeholder, name: string) =>
      Object.hasOwn(parameters, name) ? parameters[name] : placeholder,
    ),
  );

const merge = <T>(base: readonly T[], overrides: readonly T[], keyOf: (entry: T) => string): readonly T[] => [
  ...new Map([...base, ...overrides].map((entry) => [keyOf(entry), entry])).values(),
];

/** Container properties as DescribeJobs shows them. */
const described = (container: Container): Input => ({
  ...container.described,
  command: container.command,
  environment: container.environment,
  secrets: container.secrets,
  resourceRequirements: container.requirements,
  vcpus: container.vcpus,
  memory: container.memory,
});

const NAMES = ['command', 'environment', 'resourceRequirements'];

const applyOverrides = (base: Container, overrides: Reader): Container => ({
  ...base,
  command: overrides.has('command') ? overrides.texts('command') : base.command,
  environment: merge(base.environment, readEnvironment(overrides), ({ name }) => name),
  requirements: merge(base.requirements, readRequirements(overrides), ({ type }) => type),
  // AWS lets these replace their deprecated counterparts only, never 'resourceRequirements'.
  vcpus: base.vcpus === undefined ? undefined : (overrides.optionalNumber('vcpus') ?? base.vcpus),
  memory: base.memory === undefined ? undefined : (overrides.optionalNumber('memory') ?? base.memory),
});

const overrideOne = ([base]: readonly Container[], overrides: Reader): readonly Container[] => {
  if (overrides.has('instanceType'))
    throw notSupported("'instanceType' of containerOverrides, for it is of multi-node jobs");
  allowOnly(overrides, 'containerOverrides', [...NAMES, 'vcpus', 'memory']);
  return [applyOverrides(base, overrides)];
};

const overrideTask = (bases: readonly Container[], overrides: Reader): readonly Container[] => {
  allowOnly(overrides, 'ecsPropertiesOverride', ['taskProperties']);
  const entries = overrides.records('taskProperties').flatMap((task) => task.records('containers'));
  for (const entry of entries) {
    allowOnly(entry, 'a container of ecsPropertiesOverride', ['name', ...NAMES]);
    if (!bases.some(({ name }) => name === entry.text('name'))) {
      throw clientError(`the job definition has no container '${entry.text('name')}' to override`);
    }
  }
  return bases.map((base) => {
    const entry = entries.find((one) => one.text('name') === base.name);
    return entry === undefined ? base : applyOverrides(base, entry);
  });
};

/** Another number of nodes, and other commands, variables and sizes for some of them. */
const overrideNodes = (nodes: Nodes, overrides: Reader | undefined): readonly Container[] => {
  if (overrides === undefined) return containersOfNodes(nodes, (_, containers) => containers);
  allowOnly(overrides, 'nodeOverrides', ['numNodes', 'nodePropertyOverrides']);
  const count = overrides.optionalNumber('numNodes') ?? nodes.count;
  if (count <= nodes.main) throw clientError(`'numNodes' must be more than the main node ${nodes.main}, got ${count}`);
  const entries = overrides.records('nodePropertyOverrides').map((entry) => {
    allowOnly(entry, 'nodePropertyOverrides', ['targetNodes', 'containerOverrides', 'ecsPropertiesOverride']);
    return { entry, ...readTarget(entry.text('targetNodes')) };
  });
  return containersOfNodes({ ...nodes, count }, (index, containers) => {
    const own = entries.filter(({ first, last }) => index >= first && index <= last).at(-1)?.entry;
    const task = own?.optionalRecord('ecsPropertiesOverride');
    if (task !== undefined) return overrideTask(containers, task);
    const one = own?.optionalRecord('containerOverrides');
    return one === undefined ? containers : overrideOne(containers, one);
  });
};

/** The property of SubmitJob with the overrides for a kind of job definition. */
const OVERRIDES: Readonly<Record<BodyKind, string>> = {
  containerProperties: 'containerOverrides',
  ecsProperties: 'ecsPropertiesOverride',
  eksProperties: 'eksPropertiesOverride',
  nodeProperties: 'nodeOverrides',
};
export const OVERRIDE_NAMES = Object.values(OVERRIDES);

/** The overrides of a submission, which must be those for its job definition. */
export const readOverrides = (reader: Reader, { kind }: JobDefinition): Reader | undefined => {
  const wrong = OVERRIDE_NAMES.find((name) => name !== OVERRIDES[kind] && reader.has(name));
  if (wrong === undefined) return reader.optionalRecord(OVERRIDES[kind]);
  throw clientError(`'${wrong}' must not be given: the job definition has ${kind}, which take ${OVERRIDES[kind]}`);
};

/** The containers of a job: those of its definition after overrides, with parameters in place. */
export const containersOf = (
  { kind, containers, nodes }: JobDefinition,
  overrides: Reader | undefined,
  parameters: Readonly<Record<string, string>>,
): readonly Container[] => {
  const override = kind === 'ecsProperties' ? overrideTask : overrideOne;
  const changed =
    nodes !== undefined
      ? overrideNodes(nodes, overrides)
      : overrides === undefined
        ? containers
        : override(containers, overrides);
  return changed.map((container) => {
    const whole = { ...container, command: substitute(container.command, parameters) };
    return { ...whole, described: described(whole) };
  });
};
