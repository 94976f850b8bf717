import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { allowOnly, clientError, oneOf } from './checks';
import type { Platform } from './compute-environment';
import { needsOf, type Container, type ResourceRequirement, type Secret, type Variable } from './container';
import { checkFargateSize } from './fargate';

/** Of a container, and read here. */
export const READ = ['image', 'command', 'environment', 'secrets', 'resourceRequirements', 'logConfiguration'];
/** A command could tell that it does not get these, so its log says so. */
export const NOT_APPLIED = [
  'mountPoints',
  'readonlyRootFilesystem',
  'privileged',
  'ulimits',
  'user',
  'linuxParameters',
];
export const TASK_NOT_APPLIED = ['volumes', 'runtimePlatform'];
/** Without an effect on what a command computes. */
export const TASK_INERT = ['networkConfiguration', 'enableExecuteCommand', 'ephemeralStorage'];

/** What `containerProperties` may have. */
const SINGLE = [
  ...[...READ, ...NOT_APPLIED, ...TASK_NOT_APPLIED, ...TASK_INERT],
  ...['vcpus', 'memory', 'jobRoleArn', 'executionRoleArn', 'repositoryCredentials', 'fargatePlatformConfiguration'],
];
const STOP_TIMEOUT_SECONDS = 30;
const EC2_ONLY = ['privileged', 'ulimits'];

/** Reads `environment` of container properties or overrides. */
export const readEnvironment = (reader: Reader): readonly Variable[] =>
  reader.records('environment').map((entry) => {
    const name = entry.text('name');
    if (name.startsWith('AWS_BATCH')) {
      throw clientError(`environment variables must not start with AWS_BATCH, which AWS Batch sets, got '${name}'`);
    }
    return { name, value: entry.optionalText('value') ?? '' };
  });

const readSecrets = (reader: Reader): readonly Secret[] =>
  reader.records('secrets').map((entry) => ({ name: entry.text('name'), valueFrom: entry.text('valueFrom') }));

/** Reads `resourceRequirements` of container properties or overrides. */
export const readRequirements = (reader: Reader): readonly ResourceRequirement[] =>
  reader.records('resourceRequirements').map((entry) => {
    const type = oneOf('resourceRequirements.type', entry.text('type'), ['VCPU', 'MEMORY', 'GPU']);
    const value = entry.text('value');
    const least = type === 'MEMORY' ? 4 : Number.MIN_VALUE;
    if (!(Number(value) >= least)) {
      throw clientError(
        `'resourceRequirements' ${type} must be ${type === 'MEMORY' ? 'at least 4 MiB' : 'more than 0'}, got '${value}'`,
      );
    }
    return { type, value };
  });

/** Refuses a size that no compute of these platforms has. */
export const checkSize = (containers: readonly Container[], platforms: readonly Platform[]): void => {
  const needs = needsOf(containers);
  if (needs.vcpus === 0 || needs.memoryMiB === 0) {
    throw clientError("'resourceRequirements' must have a VCPU and a MEMORY entry");
  }
  if (platforms.includes('FARGATE')) checkFargateSize(needs);
  else if (platforms.includes('EC2') && !Number.isInteger(needs.vcpus)) {
    throw clientError(`on EC2 VCPU must be a whole number, got ${needs.vcpus}`);
  }
};

const checkFargate = (reader: Reader, { requirements }: Container): void => {
  for (const name of EC2_ONLY) {
    if (reader.has(name) && reader.values[name] !== false) throw clientError(`'${name}' must not be given for Fargate`);
  }
  if (requirements.some(({ type }) => type === 'GPU')) throw clientError('Fargate has no GPU');
};

const isRequested = (reader: Reader, name: string): boolean => {
  const value = reader.values[name];
  return reader.has(name) && value !== false && !(Array.isArray(value) && value.length === 0);
};

/** The sign before a digest is allowed too. What begins with a dash would be an option of the engine that runs it. */
const IMAGE = /^[A-Za-z0-9][\w:./#@-]{0,254}$/;

const readImage = (reader: Reader): string => {
  const image = reader.text('image');
  if (!IMAGE.test(image)) {
    throw clientError(
      'Container.image contains invalid characters. It must be 1 to 255 letters, digits, hyphens, underscores, colons, ' +
        `periods, forward slashes and number signs, and start with a letter or digit, got '${image}'`,
    );
  }
  return image;
};

/** Reads what all containers have; what `task` says counts for each of its containers. */
export const readCommon = (reader: Reader, task: Reader): Container => {
  const log = reader.optionalRecord('logConfiguration');
  return {
    name: 'default',
    essential: true,
    dependsOn: [],
    isLogRouter: false,
    stopTimeoutSeconds: STOP_TIMEOUT_SECONDS,
    image: readImage(reader),
    command: reader.texts('command'),
    environment: readEnvironment(reader),
    secrets: readSecrets(reader),
    requirements: readRequirements(reader),
    executionRoleArn: task.optionalText('executionRoleArn'),
    logDriver: log?.text('logDriver') ?? 'awslogs',
    logOptions: log?.textMap('options') ?? {},
    described: reader.values,
    task: task.values,
    notApplied: [
      ...TASK_NOT_APPLIED.filter((name) => isRequested(task, name)),
      ...NOT_APPLIED.filter((name) => isRequested(reader, name)),
    ],
  };
};

/** Refuses containers that no compute of these platforms can run together. */
export const checkTask = (
  containers: readonly Container[],
  readers: readonly Reader[],
  task: Reader,
  platforms: readonly Platform[],
): void => {
  if (platforms.includes('FARGATE')) {
    if (!task.has('executionRoleArn')) throw clientError("'executionRoleArn' must be given for Fargate");
    containers.forEach((container, index) => {
      checkFargate(readers[index], container);
    });
  }
  checkSize(containers, platforms);
};

/** Reads and checks `containerProperties` of a job definition. */
export const readContainer = (reader: Reader, platforms: readonly Platform[]): Container => {
  if (reader.has('instanceType'))
    throw notSupported("'instanceType' of containerProperties, for it is of multi-node jobs");
  allowOnly(reader, 'containerProperties', SINGLE);
  const container: Container = {
    ...readCommon(reader, reader),
    vcpus: reader.optionalNumber('vcpus'),
    memory: reader.optionalNumber('memory'),
    jobRoleArn: reader.optionalText('jobRoleArn'),
  };
  checkTask([container], [reader], reader, platforms);
  return container;
};
