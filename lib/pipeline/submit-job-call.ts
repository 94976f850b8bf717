import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { fail } from '../private/check';
import { shapeOf } from '../submission/job-shape';
import { stateTimeout } from './state-timeout';
import { submitJobArguments } from './submit-job-arguments';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/** How a state calls AWS Batch. @internal */
export interface SubmitJobCall {
  readonly submit: Record<string, unknown>;
  /** Whether the state ends with the job. */
  readonly waits: boolean;
  /**
   * Whether Step Functions can do it by its integration of AWS Batch, which adds container overrides of its own: AWS Batch
   * takes them for jobs of one container only.
   */
  readonly isOptimized: boolean;
  readonly timeoutSeconds?: number;
  readonly output?: string;
}

/** Tells how a state submits its job. @internal */
export function submitJobCall(scope: IConstruct, props: SubmitJobTaskProps): SubmitJobCall {
  const { job, output, timeout, integrationPattern = sfn.IntegrationPattern.RUN_JOB } = props;
  if (integrationPattern === sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN) {
    throw fail(
      scope,
      `'integrationPattern' must be RUN_JOB or REQUEST_RESPONSE, got WAIT_FOR_TASK_TOKEN: AWS Batch tells how a job ` +
        `ended, nothing has to be sent back`,
    );
  }
  const waits = integrationPattern === sfn.IntegrationPattern.RUN_JOB;
  const { groups, isMultiNode } = shapeOf(job);
  return {
    submit: submitJobArguments(scope, props),
    waits,
    isOptimized: !isMultiNode && groups[0].place === 'container',
    timeoutSeconds: (waits ? stateTimeout(scope, props) : timeout)?.toSeconds(),
    output,
  };
}
