import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { notSupported } from '../core/errors';
import { allowOnly } from './checks';
import type { Container } from './container';
import { readEnvironment, readRequirements } from './container-properties';

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

/** The container of a job: that of its definition after `containerOverrides`. */
export const applyOverrides = (base: Container, overrides: Reader): Container => {
  if (overrides.has('instanceType'))
    throw notSupported("'instanceType' of containerOverrides, for it is of multi-node jobs");
  allowOnly(overrides, 'containerOverrides', ['command', 'environment', 'resourceRequirements', 'vcpus', 'memory']);
  const merged: Container = {
    ...base,
    command: overrides.has('command') ? overrides.texts('command') : base.command,
    environment: merge(base.environment, readEnvironment(overrides), ({ name }) => name),
    requirements: merge(base.requirements, readRequirements(overrides), ({ type }) => type),
    // AWS lets these replace their deprecated counterparts only, never 'resourceRequirements'.
    vcpus: base.vcpus === undefined ? undefined : (overrides.optionalNumber('vcpus') ?? base.vcpus),
    memory: base.memory === undefined ? undefined : (overrides.optionalNumber('memory') ?? base.memory),
  };
  return { ...merged, described: describeContainer(merged) };
};

/** Container properties as DescribeJobs shows them. */
export const describeContainer = (container: Container): Input => ({
  volumes: [],
  mountPoints: [],
  ulimits: [],
  networkInterfaces: [],
  ...container.described,
  command: container.command,
  environment: container.environment,
  secrets: container.secrets,
  resourceRequirements: container.requirements,
  vcpus: container.vcpus,
  memory: container.memory,
});
