import { Tokenization } from 'aws-cdk-lib';
import { QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import { SDK_RETRIER } from './batch-retry';
import type { SubmitJobCall } from './submit-job-call';

/** Longest start of the names of the states, which have at most 80 characters. */
const LONGEST_START = 60;

/** Longest cause of a failure (https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html). */
const LONGEST_CAUSE = 32_768;

/** A twentieth of the time so far, from 15 seconds to 10 minutes: some 220 looks for a job that takes a day. */
const PAUSE = '{% $max([15, $min([600, $floor(($millis() - $states.input.since) / 20000)])]) %}';

/** What of a job is told when it has failed: not its definition, which has its environment. */
const FACTS =
  "{'JobId': JobId, 'JobName': JobName, 'Status': Status, 'StatusReason': StatusReason, 'Attempts': Attempts[]}";

/** What the states inside hand on: which job, and since when (milliseconds since 1970). */
const JOB = { jobId: '{% $states.input.jobId %}', since: '{% $states.input.since %}' } as const;

/**
 * A state that submits a job, looks after it until it has ended, and terminates it when it takes too long.
 *
 * `submitJob.sync` does that by itself, but for jobs of one container only: it adds an environment variable to the
 * container overrides, and AWS Batch refuses container overrides for jobs of several containers or nodes and for pods.
 * The states are the only branch of a Parallel state, so that they are one state to the outside.
 * @internal
 */
export function polledJob(name: string, partition: string, call: SubmitJobCall): Record<string, unknown> {
  const { submit, timeoutSeconds = 0, output = '{% $states.result %}' } = call;
  const seconds = Tokenization.stringifyNumber(timeoutSeconds);
  const named = (what: string): string => `${name.slice(0, LONGEST_START)}: ${what}`;
  const batch = (action: string) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:batch:${action}`,
    Retry: [SDK_RETRIER],
  });
  const states = {
    [named('submit')]: {
      ...batch('submitJob'),
      Arguments: submit,
      Output: { jobId: '{% $states.result.JobId %}', since: '{% $millis() %}' },
      Next: named('wait'),
    },
    [named('wait')]: { Type: 'Wait', Seconds: PAUSE, Next: named('look') },
    [named('look')]: {
      ...batch('describeJobs'),
      Arguments: { Jobs: [JOB.jobId] },
      Output: { ...JOB, job: '{% $states.result.Jobs[0] %}' },
      Next: named('ended?'),
    },
    [named('ended?')]: {
      Type: 'Choice',
      Choices: [
        { Condition: `{% $states.input.job.Status = 'SUCCEEDED' %}`, Next: named('succeeded') },
        { Condition: `{% $states.input.job.Status = 'FAILED' %}`, Next: named('failed') },
        { Condition: `{% $millis() - $states.input.since > ${seconds} * 1000 %}`, Next: named('terminate') },
      ],
      Default: named('wait'),
    },
    [named('succeeded')]: { Type: 'Succeed', Output: '{% $states.input.job %}' },
    [named('failed')]: {
      Type: 'Fail',
      Error: 'Batch.JobFailed',
      Cause: `{% $substring($string($states.input.job.${FACTS}), 0, ${LONGEST_CAUSE}) %}`,
    },
    [named('terminate')]: {
      ...batch('terminateJob'),
      Arguments: { JobId: JOB.jobId, Reason: 'The job took longer than its state machine allows' },
      Output: JOB,
      Next: named('late'),
    },
    [named('late')]: {
      Type: 'Fail',
      Error: 'Batch.JobTimedOut',
      Cause: `{% 'the job ' & $states.input.jobId & ' took longer than ${seconds} seconds' %}`,
    },
  };
  return {
    Type: 'Parallel',
    // The result of a Parallel state is the list of what its branches yield.
    Output: output.replace(/\$states\.result\b/g, '$states.result[0]'),
    Branches: [{ StartAt: named('submit'), States: inJsonata(states) }],
  };
}

/** States of a branch do not take the query language from the state around them, but from the state machine. */
const inJsonata = (states: Record<string, object>): Record<string, object> =>
  Object.fromEntries(
    Object.entries(states).map(([name, state]) => [name, { ...state, QueryLanguage: QueryLanguage.JSONATA }]),
  );
