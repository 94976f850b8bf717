import { Token } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { SUBMISSIONS_PREFIX } from '../contracts/layout';
import { fail } from '../private/check';
import type { IPipelineStep } from './pipeline-step-interface';
import type { PipelineTriggerConfig } from './pipeline-trigger-interface';

/** Longest name of a step, so that the names of its states keep within the 80 characters of Step Functions. */
const LONGEST_NAME = 60;

/** States that each pipeline has, beside those of its steps. */
const OWN_STATES: readonly string[] = [
  'Plan',
  'Anything to do?',
  'Taken on before',
  'Collect',
  'Notify of success',
  'Succeeded',
  'Record failure',
  'Notify of failure',
  'Failed',
];

/** Rejects steps that cannot be told apart, and pipelines without any. @internal */
export function checkSteps(scope: Construct, steps: readonly IPipelineStep[]): void {
  if (steps.length === 0) {
    throw fail(scope, `'steps' must have at least one step: add PipelineStep.array(job)`);
  }
  const names = steps.map(({ name }) => name);
  names.forEach((name, index) => {
    if (Token.isUnresolved(name)) return;
    if (name === '' || name.length > LONGEST_NAME) {
      const got = `${JSON.stringify(name)} with ${name.length} characters`;
      throw fail(scope, `the name of 'steps[${index}]' must have 1 to ${LONGEST_NAME} characters, got ${got}`);
    }
    if (OWN_STATES.includes(name)) {
      const got = `'steps[${index}]' is called ${JSON.stringify(name)}`;
      throw fail(scope, `${got}, as is a state of the pipeline itself: give the step another 'name'`);
    }
    const first = names.indexOf(name);
    if (first < index) {
      throw fail(
        scope,
        `'steps[${first}]' and 'steps[${index}]' are both called ${JSON.stringify(name)}: give one another 'name'`,
      );
    }
  });
}

/** Rejects a trigger that the pipeline's own items and results would set off, over and over. @internal */
export function checkLoop(
  scope: Construct,
  { bucket, prefix = '', eventPattern }: PipelineTriggerConfig,
  data: s3.IBucket,
): void {
  if (eventPattern === undefined || bucket?.bucketArn !== data.bucketArn || Token.isUnresolved(prefix)) return;
  if (!prefix.startsWith(SUBMISSIONS_PREFIX) && !SUBMISSIONS_PREFIX.startsWith(prefix)) return;
  throw fail(
    scope,
    `the 'prefix' of the trigger must keep clear of '${SUBMISSIONS_PREFIX}', where the pipeline itself writes, ` +
      `got ${JSON.stringify(prefix)}: choose a prefix such as 'incoming/', or another 'bucket' for the pipeline`,
    'pipeline-trigger-loop',
  );
}
