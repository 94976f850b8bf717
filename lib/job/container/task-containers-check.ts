import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../../compute/compute-environment';
import { containerSeconds, isContainerName, MAX_CONTAINERS } from '../../contracts/rules/container';
import { isWithin } from '../../contracts/rules/range';
import { fail } from '../../private/check';
import { checkDependencies } from './container-dependencies';
import type { JobTask } from './job-task';
import type { TaskContainerOptions } from './task-container-options';

/** Rejects containers that cannot be one task. @internal */
export function checkContainers({ scope, platform }: JobTask, containers: readonly TaskContainerOptions[]): void {
  if (containers.length === 0 || containers.length > MAX_CONTAINERS) {
    throw fail(
      scope,
      `'containers' must hold 1 to ${MAX_CONTAINERS} containers, got ${containers.length}`,
      'job-container-count',
    );
  }
  const names = containers.map(({ name }) => name);
  for (const name of names) checkName(scope, name, names);
  if (containers.every(({ essential }) => essential === false)) {
    throw fail(
      scope,
      `one of 'containers' must be essential, got ${names.join(', ')} with essential: false: the job ends when the ` +
        'essential ones do',
      'job-essential-container',
    );
  }
  checkDependencies(scope, containers);
  checkRouting(scope, containers);
  for (const { name, startTimeout, stopTimeout } of containers) {
    checkTimeout(scope, platform, `'startTimeout' of container '${name}'`, startTimeout);
    checkTimeout(scope, platform, `'stopTimeout' of container '${name}'`, stopTimeout);
  }
}

function checkName(scope: IConstruct, name: string, names: readonly string[]): void {
  if (Token.isUnresolved(name)) return;
  if (!isContainerName(name)) {
    throw fail(
      scope,
      `the name of a container must have 1 to 255 letters, digits, '-' and '_', got ${JSON.stringify(name)}`,
      'job-container-name',
    );
  }
  if (names.filter((other) => other === name).length > 1) {
    throw fail(scope, `two containers have the name '${name}': name them differently`, 'job-container-name');
  }
}

function checkRouting(scope: IConstruct, containers: readonly TaskContainerOptions[]): void {
  const routers = containers.filter(({ firelens }) => firelens !== undefined);
  const senders = containers.filter(({ logging }) => logging?._usesFirelens === true);
  if (routers.length > 1) {
    const names = routers.map(({ name }) => name).join(', ');
    throw fail(scope, `one container at most may be a log router ('firelens'), got ${names}`, 'job-firelens');
  }
  for (const sender of senders) {
    if (sender.firelens === undefined && routers.length === 1) continue;
    throw fail(
      scope,
      `container '${sender.name}' logs by FireLens, which needs another container with 'firelens' to route its lines`,
      'job-firelens',
    );
  }
}

function checkTimeout(scope: IConstruct, platform: PlatformCapability, name: string, timeout?: Duration): void {
  if (timeout === undefined || timeout.isUnresolved()) return;
  const seconds = timeout.toSeconds({ integral: false });
  const [min, max] = containerSeconds(platform === PlatformCapability.FARGATE);
  if (isWithin(seconds, [min, max])) return;
  const allowed = max === Infinity ? `at least ${min}` : `${min} to ${max}`;
  throw fail(
    scope,
    `${name} must be ${allowed} whole seconds, got ${timeout.toHumanString()}`,
    'job-container-timeout',
  );
}
