import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../private/check';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/** The time that a state has which waits for a job, at least that of one attempt. @internal */
export function stateTimeout(scope: IConstruct, props: SubmitJobTaskProps): Duration {
  const { job, timeout, arraySize } = props;
  const attempt = props.attemptTimeout ?? job.attemptTimeout;
  const known = attempt !== undefined && !attempt.isUnresolved();
  const waiting = Duration.days(arraySize === undefined ? 1 : 7);
  if (timeout === undefined) return known ? waiting.plus(attempt) : waiting;
  if (!known || timeout.isUnresolved() || timeout.toMilliseconds() >= attempt.toMilliseconds()) return timeout;
  throw fail(
    scope,
    `'timeout' must not be shorter than the timeout of one attempt of ${job.node.path} (${attempt.toHumanString()}), ` +
      `got ${timeout.toHumanString()}: the time that the job waits in its queue counts as well`,
    'pipeline-timeout',
  );
}
