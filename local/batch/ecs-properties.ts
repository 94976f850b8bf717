import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import { allowOnly, checkName, checkRange, clientError, oneOf } from './checks';
import type { Platform } from './compute-environment';
import type { Container } from './container';
import { checkTask, NOT_APPLIED, READ, readCommon, TASK_INERT, TASK_NOT_APPLIED } from './container-properties';

const CONTAINER = [
  ...[...READ, ...NOT_APPLIED],
  ...[
    'name',
    'essential',
    'dependsOn',
    'stopTimeout',
    'startTimeout',
    'firelensConfiguration',
    'repositoryCredentials',
  ],
];
const TASK = [
  ...[...TASK_NOT_APPLIED, ...TASK_INERT],
  ...['containers', 'executionRoleArn', 'taskRoleArn', 'platformVersion', 'ipcMode', 'pidMode', 'networkMode'],
];
const MAX_CONTAINERS = 10;
const CONDITIONS = ['START', 'COMPLETE', 'SUCCESS'] as const;

const readContainer = (reader: Reader, task: Reader): Container => {
  allowOnly(reader, 'a container of ecsProperties', CONTAINER);
  const common = readCommon(reader, task);
  const stopTimeout = reader.optionalNumber('stopTimeout') ?? common.stopTimeoutSeconds;
  return {
    ...common,
    name: checkName('container name', reader.text('name')),
    essential: !reader.has('essential') || reader.flag('essential'),
    dependsOn: reader.records('dependsOn').map((entry) => ({
      containerName: entry.text('containerName'),
      condition: oneOf('dependsOn.condition', entry.text('condition'), CONDITIONS),
    })),
    isLogRouter: reader.has('firelensConfiguration'),
    stopTimeoutSeconds: checkRange('stopTimeout', stopTimeout, 2, Number.MAX_SAFE_INTEGER),
    jobRoleArn: task.optionalText('taskRoleArn'),
  };
};

const checkDependencies = (containers: readonly Container[]): void => {
  for (const { name, dependsOn } of containers) {
    for (const { containerName, condition } of dependsOn) {
      const other = containers.find((one) => one.name === containerName);
      if (other === undefined)
        throw clientError(`container '${name}' depends on '${containerName}', which is not there`);
      if (other.essential && condition !== 'START') {
        throw clientError(`'${name}' cannot wait for ${condition} of the essential container '${containerName}'`);
      }
    }
  }
  let waiting = containers;
  for (;;) {
    const names = waiting.map(({ name }) => name);
    const next = waiting.filter(({ dependsOn }) => dependsOn.some((one) => names.includes(one.containerName)));
    if (next.length === 0) return;
    if (next.length === waiting.length) throw clientError(`containers wait for each other: ${names.join(', ')}`);
    waiting = next;
  }
};

/** Reads and checks the one task of `ecsProperties` of a job definition. */
export const readEcsTask = (reader: Reader, platforms: readonly Platform[]): readonly Container[] => {
  allowOnly(reader, 'ecsProperties', ['taskProperties']);
  const tasks = reader.records('taskProperties');
  if (tasks.length !== 1) throw clientError(`'taskProperties' must have one entry, got ${tasks.length}`);
  const [task] = tasks;
  allowOnly(task, 'taskProperties', TASK);
  const readers = task.records('containers');
  if (readers.length < 1 || readers.length > MAX_CONTAINERS) {
    throw clientError(`a job has 1 to ${MAX_CONTAINERS} containers, got ${readers.length}`);
  }
  const containers = readers.map((one) => readContainer(one, task));
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    throw clientError("each 'name' of 'containers' must be given once");
  }
  if (!containers.some(({ essential }) => essential)) throw clientError('a job needs an essential container');
  if (containers.every(({ isLogRouter }) => isLogRouter)) throw notSupported('a job that is nothing but a log router');
  checkDependencies(containers);
  checkTask(containers, readers, task, platforms);
  return containers;
};
