import { PlatformCapability } from '../../compute/compute-environment';
import { isAbsolutePath, isContainerName, PLATFORM_VERSIONS_WITH_EFS, PORT } from '../../contracts/rules/container';
import { type Task, tasksOf } from '../model/job-definition';
import { requirementOf } from '../model/container-size';
import { distinct, type Finding, given, matching, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(tasksOf);

/** Does the platform of a job have what its task asks for? @internal */
export const TASK_RULES: readonly TemplateRule[] = [
  rule('job-fargate-unsupported', 'leave it out on Fargate, or run the job on EC2', fargateUnsupported),
  rule('job-windows-unsupported', 'leave it out for containers of Windows', windowsUnsupported),
  rule('job-container-dependency', 'let containers wait for others of the task, without a circle', dependencies),
  rule('job-volume-name', 'give each volume a name of its own', (task) => {
    const names = volumesOf(task).map((volume) => volume.at('Name'));
    return [...names.map((name) => matching(name, isContainerName)), ...distinct(names)];
  }),
  rule('job-mount-path', 'give each volume an absolute path of its own', ({ containers }) =>
    containers.flatMap((container) => {
      const paths = (container.at('MountPoints').items ?? []).map((mount) => mount.at('ContainerPath'));
      return [...paths.map((path) => matching(path, isAbsolutePath)), ...distinct(paths)];
    }),
  ),
  rule('job-volume-port', 'give 0 to 65535', (task) =>
    volumesOf(task).flatMap((volume) =>
      ['EfsVolumeConfiguration', 'S3FilesVolumeConfiguration'].map((kind) =>
        within(volume.at(kind, 'TransitEncryptionPort'), PORT),
      ),
    ),
  ),
  rule('job-efs-root-directory', 'leave RootDirectory out', (task) =>
    efsOf(task).map((volume) => {
      const directory = volume.at('RootDirectory');
      const hasAccessPoint = !volume.at('AuthorizationConfig', 'AccessPointId').isAbsent;
      return hasAccessPoint ? matching(directory, (text) => text === '/') : undefined;
    }),
  ),
  rule('job-efs-encryption', 'set TransitEncryption to ENABLED', (task) => efsOf(task).map(encryption)),
  rule('job-efs-platform-version', `use ${PLATFORM_VERSIONS_WITH_EFS.join(' or ')}`, (task) => [
    efsOf(task).length === 0
      ? undefined
      : matching(task.platformVersion, (version) => PLATFORM_VERSIONS_WITH_EFS.includes(version)),
  ]),
  rule('job-s3-files-ec2', 'run the job on Fargate or on ECS Managed Instances', (task) =>
    task.platform === PlatformCapability.EC2
      ? volumesOf(task)
          .map((volume) => volume.at('S3FilesVolumeConfiguration'))
          .map((volume) => unless(volume.isAbsent, volume))
      : [],
  ),
];

const volumesOf = ({ properties }: Task): readonly Value[] => properties.at('Volumes').items ?? [];

const efsOf = (task: Task): Value[] =>
  volumesOf(task)
    .map((volume) => volume.at('EfsVolumeConfiguration'))
    .filter(({ isAbsent }) => !isAbsent);

function encryption(volume: Value): Finding | undefined {
  const [encrypted, authorization] = [volume.at('TransitEncryption'), volume.at('AuthorizationConfig')];
  const isNeeded = !authorization.at('AccessPointId').isAbsent || authorization.at('Iam').text === 'ENABLED';
  if (!isNeeded) return undefined;
  return encrypted.isAbsent ? given(encrypted) : matching(encrypted, (text) => text === 'ENABLED');
}

/** Of EC2 instances only (https://docs.aws.amazon.com/batch/latest/userguide/fargate.html). */
const LINUX_PARAMETERS = ['Devices', 'SharedMemorySize', 'Tmpfs', 'MaxSwap', 'Swappiness'];

function* fargateUnsupported(task: Task): Iterable<Finding | undefined> {
  if (task.platform !== PlatformCapability.FARGATE) return;
  yield matching(task.properties.at('PidMode'), (mode) => mode === 'task');
  yield unless(task.properties.at('IpcMode').isAbsent, task.properties.at('IpcMode'));
  for (const container of task.containers) {
    const gpus = requirementOf(container, 'GPU');
    if (gpus !== undefined) yield given(gpus, 'and Fargate has no GPUs');
    yield unless(container.at('Privileged').flag !== true, container.at('Privileged'));
    const others = [container.at('Ulimits'), ...LINUX_PARAMETERS.map((name) => container.at('LinuxParameters', name))];
    yield* others.map((value) => unless(value.isAbsent || value.items?.length === 0, value));
  }
  for (const volume of volumesOf(task)) {
    const path = volume.at('Host', 'SourcePath');
    yield unless(path.isAbsent, path);
  }
}

function* windowsUnsupported({ isWindows, containers, properties }: Task): Iterable<Finding | undefined> {
  if (!isWindows) return;
  yield matching(properties.at('RuntimePlatform', 'CpuArchitecture'), (architecture) => architecture !== 'ARM64');
  for (const container of containers) {
    const [user, parameters] = [container.at('User'), container.at('LinuxParameters')];
    yield unless(user.isAbsent, user);
    yield unless(parameters.isAbsent, parameters);
    yield unless(container.at('ReadonlyRootFilesystem').flag !== true, container.at('ReadonlyRootFilesystem'));
  }
}

function* dependencies({ containers }: Task): Iterable<Finding> {
  const byName = new Map(containers.map((container) => [container.at('Name').text, container]));
  for (const container of containers) {
    const name = container.at('Name').text;
    for (const dependency of container.at('DependsOn').items ?? []) {
      const [other, condition] = [dependency.at('ContainerName'), dependency.at('Condition')];
      if (other.text === undefined || name === undefined) continue;
      const target = byName.get(other.text);
      if (target === undefined) yield given(other, 'which is none of the task');
      else if (waitsFor(target, name, byName)) yield given(other, 'which waits for this one');
      else if (condition.text !== undefined && condition.text !== 'START' && target.at('Essential').flag !== false) {
        yield given(condition, `and ${other.text} is essential: the job ends with it`);
      }
    }
  }
}

function waitsFor(
  container: Value,
  name: string,
  byName: ReadonlyMap<string | undefined, Value>,
  seen: readonly Value[] = [],
): boolean {
  if (container.at('Name').text === name) return true;
  if (seen.includes(container)) return false;
  return (container.at('DependsOn').items ?? []).some((dependency) => {
    const next = byName.get(dependency.at('ContainerName').text);
    return next !== undefined && waitsFor(next, name, byName, [...seen, container]);
  });
}
