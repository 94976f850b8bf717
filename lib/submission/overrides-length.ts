import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_OVERRIDES_CHARACTERS } from '../contracts/submission';
import { violation } from '../private/check';
import { isExpression } from './jsonata';

/** Says what is wrong when the overrides are too long for ECS, whatever expressions and deploy-time values add. @internal */
export function validateOverrides(scope: IConstruct, request: Record<string, unknown>): string[] {
  const { ContainerOverrides, EcsPropertiesOverride, NodeOverrides } = request;
  const resolved: unknown = Stack.of(scope).resolve([
    ContainerOverrides,
    EcsPropertiesOverride,
    ...nodesOf(NodeOverrides),
  ]);
  const tasks: readonly unknown[] = Array.isArray(resolved) ? resolved : [];
  const characters = Math.max(...tasks.map((task) => textsOf(task).join('').length));
  if (characters <= MAX_OVERRIDES_CHARACTERS) return [];
  return [
    violation(
      scope,
      `'command' and 'environment' have ${characters} characters, ECS takes ${MAX_OVERRIDES_CHARACTERS} and AWS Batch ` +
        `fails the job when it starts: keep data in a bucket and pass its location`,
      'pipeline-overrides-length',
    ),
  ];
}

/** Each node has a task of its own. */
function nodesOf(overrides: unknown): readonly unknown[] {
  if (typeof overrides !== 'object' || overrides === null) return [];
  return Object.values(overrides)
    .filter((value) => Array.isArray(value))
    .flat();
}

/** All texts in a value that are known now. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return isExpression(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
