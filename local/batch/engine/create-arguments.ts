import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import { allowOnly, clientError, readInput } from '../checks';
import { needsOf, type Container } from '../container';
import type { EngineName } from './cli';

/** A container of a task, as an engine is to make it. */
export interface ContainerPlan {
  readonly container: Container;
  readonly taskId: string;
  /** On Fargate the vCPUs are a limit, on instances a share of what is there. */
  readonly isFargate: boolean;
  readonly environment: Readonly<Record<string, string>>;
  /** The GPUs of the machine that it gets, by number. */
  readonly gpus: readonly number[];
  /** By which the containers of an endpoint are found. */
  readonly label: string;
}

/** The name of a container in its engine. */
export const containerName = ({ taskId, container }: Pick<ContainerPlan, 'taskId' | 'container'>): string =>
  `batch-${taskId}-${container.name}`;

/** By which Amazon ECS gives a container the role of its task. */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
/** What decides how the command line of an engine itself works. */
const OF_ENGINES = /^(?:PATH|HOME|TMPDIR|(?:BUILDAH|CONTAINERS?|DOCKER|DYLD|LD|PODMAN|XDG)_.*)$/i;
const CPU_SHARES_OF_A_VCPU = 1024;
const PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ['READ', 'r'],
  ['WRITE', 'w'],
  ['MKNOD', 'm'],
]);
const LINUX = ['devices', 'initProcessEnabled', 'maxSwap', 'sharedMemorySize', 'swappiness', 'tmpfs'];

const option = (name: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];
const flag = (name: string, isOn: boolean): readonly string[] => (isOn ? [`--${name}`] : []);

const sizeArguments = ({ container, isFargate }: ContainerPlan, linux: Reader): readonly string[] => {
  const { vcpus, memoryMiB } = needsOf([container]);
  return [
    ...(isFargate
      ? option('cpus', vcpus)
      : option('cpu-shares', vcpus === 0 ? undefined : Math.ceil(vcpus * CPU_SHARES_OF_A_VCPU))),
    // Without `maxSwap` a container does not swap.
    ...(memoryMiB === 0
      ? []
      : [
          ...option('memory', `${memoryMiB}m`),
          ...option('memory-swap', `${memoryMiB + (linux.optionalNumber('maxSwap') ?? 0)}m`),
        ]),
    ...option('memory-swappiness', linux.has('maxSwap') ? linux.optionalNumber('swappiness') : undefined),
  ];
};

const linuxArguments = (linux: Reader): readonly string[] => {
  allowOnly(linux, 'linuxParameters', LINUX);
  const sharedMemory = linux.optionalNumber('sharedMemorySize');
  return [
    ...flag('init', linux.flag('initProcessEnabled')),
    ...option('shm-size', sharedMemory === undefined ? undefined : `${sharedMemory}m`),
    ...linux.records('tmpfs').flatMap((one) => {
      const options = [...one.texts('mountOptions'), `size=${one.number('size')}m`];
      return option('tmpfs', `${one.text('containerPath')}:${options.join(',')}`);
    }),
    ...linux.records('devices').flatMap((one) => {
      const host = one.text('hostPath');
      const permissions = one.texts('permissions').map((name) => PERMISSIONS.get(name) ?? '');
      const mode = permissions.length === 0 ? 'rwm' : permissions.join('');
      return option('device', `${host}:${one.optionalText('containerPath') ?? host}:${mode}`);
    }),
  ];
};

/** Where a volume is: a folder of this machine, or a volume of the engine that the containers of a task share. */
const sourceOf = (volume: Reader, taskId: string): string => {
  if (volume.has('efsVolumeConfiguration')) {
    throw notSupported('volumes of Amazon EFS in a container', 'a volume with a host path is mounted');
  }
  allowOnly(volume, 'a volume', ['name', 'host']);
  return volume.optionalRecord('host')?.optionalText('sourcePath') ?? `batch-${taskId}-${volume.text('name')}`;
};

const mountArguments = (own: Reader, task: Reader, taskId: string): readonly string[] => {
  const sources = new Map(task.records('volumes').map((one) => [one.text('name'), sourceOf(one, taskId)]));
  return own.records('mountPoints').flatMap((one) => {
    const name = one.text('sourceVolume');
    const source = sources.get(name);
    if (source === undefined) throw clientError(`'mountPoints' names the volume '${name}', which is not there`);
    return option('volume', `${source}:${one.text('containerPath')}${one.flag('readOnly') ? ':ro' : ''}`);
  });
};

/** Docker reads the value as a line of CSV, in which a comma must be quoted. */
const gpuArguments = (engine: EngineName, gpus: readonly number[]): readonly string[] => {
  if (gpus.length === 0) return [];
  if (engine === 'docker') return option('gpus', `"device=${gpus.join(',')}"`);
  return gpus.flatMap((gpu) => option('device', `nvidia.com/gpu=${gpu}`));
};

const PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['X86_64', 'linux/amd64'],
  ['ARM64', 'linux/arm64'],
]);

const platformOf = (task: Reader): string | undefined => {
  const platform = task.optionalRecord('runtimePlatform');
  const system = platform?.optionalText('operatingSystemFamily') ?? 'LINUX';
  if (system !== 'LINUX') throw notSupported(`containers of ${system}`, 'containers of LINUX run');
  return PLATFORMS.get(platform?.optionalText('cpuArchitecture') ?? '');
};

const isHidden = ({ secrets }: Container, name: string): boolean =>
  CREDENTIALS.includes(name) || secrets.some((secret) => secret.name === name);

/** Variables whose values no command line shows, for everybody on a machine can read those. */
export const hiddenVariables = ({ container, environment }: ContainerPlan): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => isHidden(container, name)));

const variableArguments = ({ container, environment }: ContainerPlan): readonly string[] => {
  const taken = container.secrets.find(({ name }) => OF_ENGINES.test(name));
  if (taken !== undefined) {
    throw notSupported(
      `a secret in the variable ${taken.name}, which engines of containers read themselves`,
      'give the variable another name',
    );
  }
  return Object.entries(environment).flatMap(([name, value]) =>
    option('env', isHidden(container, name) ? name : `${name}=${value}`),
  );
};

/** The volumes of the engine that a task has until it ends. */
export const taskVolumes = (containers: readonly Container[], taskId: string): readonly string[] => [
  ...new Set(
    containers.flatMap(({ task }) =>
      readInput(task)
        .records('volumes')
        .filter((one) => one.optionalRecord('host')?.has('sourcePath') !== true)
        .map((one) => sourceOf(one, taskId)),
    ),
  ),
];

/** What follows the name of the engine to make a container; refuses, by its name, what no engine here can do. */
export const createArguments = (engine: EngineName, plan: ContainerPlan): readonly string[] => {
  const { container, taskId, gpus, label } = plan;
  const own = readInput(container.described);
  const task = readInput(container.task);
  const linux = own.optionalRecord('linuxParameters') ?? readInput({});
  return [
    ...['create', '--name', containerName(plan), '--label', label, '--pull', 'never'],
    // With the network of the host the endpoint is where it is for everybody else.
    ...['--network', 'host', '--log-driver', 'json-file'],
    ...sizeArguments(plan, linux),
    ...option('user', own.optionalText('user')),
    ...flag('privileged', own.flag('privileged')),
    ...flag('read-only', own.flag('readonlyRootFilesystem')),
    ...own
      .records('ulimits')
      .flatMap((one) => option('ulimit', `${one.text('name')}=${one.number('softLimit')}:${one.number('hardLimit')}`)),
    ...linuxArguments(linux),
    ...mountArguments(own, task, taskId),
    ...gpuArguments(engine, gpus),
    ...option('platform', platformOf(task)),
    ...variableArguments(plan),
    // Whatever comes now is no option.
    ...['--', container.image, ...container.command],
  ];
};
