import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_OVERRIDES_CHARACTERS } from '../contracts/submission';
import { isExpression } from './jsonata';
import type { SubmitJobOptions } from './submit-job-options';

/** Says what is wrong when the overrides are too long for ECS, whatever expressions and deploy-time values add. @internal */
export function validateOverrides(task: IConstruct, { command, environment }: SubmitJobOptions): string[] {
  const texts: unknown = Stack.of(task).resolve([...(command ?? []), ...Object.entries(environment ?? {}).flat()]);
  const known = Array.isArray(texts) ? texts.filter((text): text is string => typeof text === 'string') : [];
  const characters = known.filter((text) => !isExpression(text)).join('').length;
  if (characters <= MAX_OVERRIDES_CHARACTERS) return [];
  return [
    `'command' and 'environment' have ${characters} characters, ECS takes ${MAX_OVERRIDES_CHARACTERS} and AWS Batch ` +
      `fails the job when it starts: keep data in a bucket and pass its location (in ${task.node.path})`,
  ];
}
