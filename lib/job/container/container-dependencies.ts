import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import { ContainerCondition, type TaskContainerOptions } from './task-container-options';

/** Rejects an order of containers in which some never start. @internal */
export function checkDependencies(scope: IConstruct, containers: readonly TaskContainerOptions[]): void {
  const byName = new Map(containers.map((container) => [container.name, container]));
  for (const { name, dependsOn = [] } of containers) {
    for (const { container, condition } of dependsOn) {
      if (Token.isUnresolved(container)) continue;
      const other = byName.get(container);
      if (other === undefined) {
        throw fail(
          scope,
          `container '${name}' depends on ${JSON.stringify(container)}, which is none of ${[...byName.keys()].join(', ')}`,
          'job-container-dependency',
        );
      }
      checkEnds(scope, name, other, condition);
    }
    const cycle = cycleFrom(name, byName);
    if (cycle !== undefined) {
      throw fail(
        scope,
        `containers must not wait for each other, got ${cycle.join(' -> ')}: take one of them out of 'dependsOn'`,
        'job-container-dependency',
      );
    }
  }
}

/** The job ends with its essential containers: nothing can start after one of them. */
function checkEnds(
  scope: IConstruct,
  name: string,
  other: TaskContainerOptions,
  condition = ContainerCondition.START,
): void {
  if (condition === ContainerCondition.START || other.essential === false) return;
  throw fail(
    scope,
    `container '${name}' waits for ${condition} of '${other.name}', which must have essential: false for that`,
    'job-container-dependency',
  );
}

function cycleFrom(
  start: string,
  byName: ReadonlyMap<string, TaskContainerOptions>,
  path: readonly string[] = [start],
): readonly string[] | undefined {
  for (const { container } of byName.get(path[path.length - 1])?.dependsOn ?? []) {
    if (container === start) return [...path, start];
    if (path.includes(container)) continue;
    const cycle = cycleFrom(start, byName, [...path, container]);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
