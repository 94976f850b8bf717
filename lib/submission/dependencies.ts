import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_ARRAY_SIZE, MIN_ARRAY_SIZE } from '../contracts/items';
import { checkRange, fail } from '../private/check';
import type { ArraySize } from './array-size';
import type { JobDependency } from './job-dependency';
import { checkExpression } from './variables';

/** https://docs.aws.amazon.com/batch/latest/userguide/job_dependencies.html */
const MAX_DEPENDENCIES = 20;

/** The number of children of an array job, or the expression that yields it. @internal */
export function renderArraySize(scope: IConstruct, { size, expression }: ArraySize): unknown {
  if (expression !== undefined) {
    checkExpression(scope, 'arraySize', expression);
    return expression;
  }
  checkRange(scope, 'arraySize', size, MIN_ARRAY_SIZE, MAX_ARRAY_SIZE, { check: 'pipeline-array-size' });
  return size;
}

/** What a job waits for. @internal */
export function renderDependencies(
  scope: IConstruct,
  dependencies: readonly JobDependency[],
  arraySize?: ArraySize,
): unknown {
  if (dependencies.length > MAX_DEPENDENCIES) {
    throw fail(
      scope,
      `'dependsOn' must hold at most ${MAX_DEPENDENCIES} dependencies, got ${dependencies.length}: ` +
        `let the job wait for one array job instead of many jobs`,
      'pipeline-dependencies',
    );
  }
  dependencies.forEach((dependency, index) => {
    checkDependency(scope, `'dependsOn[${index}]'`, dependency, arraySize);
  });
  if (dependencies.length === 0) return undefined;
  return dependencies.map(({ jobId, dependencyType }) => ({ JobId: jobId, Type: dependencyType }));
}

function checkDependency(
  scope: IConstruct,
  name: string,
  { dependencyType, arraySize: other }: JobDependency,
  arraySize?: ArraySize,
): void {
  if (dependencyType === undefined) return;
  if (arraySize === undefined) {
    throw fail(
      scope,
      `${name} is of type ${dependencyType}, which is for array jobs: give an 'arraySize', or use JobDependency.on()`,
      'pipeline-dependency-array',
    );
  }
  const [own, others] = [arraySize.size, other?.size];
  if (own === undefined || others === undefined || own === others) return;
  if (Token.isUnresolved(own) || Token.isUnresolved(others)) return;
  throw fail(
    scope,
    `${name} waits child by child for a job of ${others} children, but 'arraySize' is ${own}: both must be equal, ` +
      `or use JobDependency.on() to wait for the whole job`,
    'pipeline-dependency-array',
  );
}
