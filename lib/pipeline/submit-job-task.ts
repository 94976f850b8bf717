import { Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { fail } from '../private/check';
import { validateOverrides } from './overrides-length';
import { submitJobArguments } from './submit-job-arguments';
import { submitJobStatements } from './submit-job-policy';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/** What AWS Batch answers when trying again helps. A job that failed is none of these. */
const TRANSIENT = ['Batch.ServerException', 'Batch.AWSBatchException', 'Batch.TooManyRequestsException'];

/**
 * A state that submits a job to AWS Batch and waits for its end.
 *
 * It ends when the job does, fails when the job does, and terminates the job when the state times out or the execution
 * is stopped. Calls that AWS Batch throttles (50 a second for the whole account) or fails to answer are repeated for
 * about half an hour. The state speaks JSONata, whatever the query language of the state machine.
 *
 * The role of the state machine may submit this job to this queue, and nothing else.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 */
export class SubmitJobTask extends sfn.CustomState {
  private readonly statements: iam.PolicyStatement[];
  private readonly fields: Record<string, unknown>;

  public constructor(scope: Construct, id: string, props: SubmitJobTaskProps) {
    super(scope, id, { stateJson: { Type: 'Task', QueryLanguage: sfn.QueryLanguage.JSONATA } });
    this.statements = submitJobStatements(this, props);
    this.fields = {
      Resource: `arn:${Stack.of(this).partition}:states:::batch:submitJob.sync`,
      Arguments: submitJobArguments(this, props),
      Output: props.output,
      TimeoutSeconds: checkedTimeout(this, props).toSeconds(),
    };
    this.node.addValidation({ validate: () => validateOverrides(this, props) });
    this.addRetry({
      errors: TRANSIENT,
      interval: Duration.seconds(2),
      backoffRate: 2,
      maxDelay: Duration.minutes(5),
      maxAttempts: 12,
      jitterStrategy: sfn.JitterType.FULL,
    });
  }

  /** The state in the Amazon States Language. */
  public override toStateJson(queryLanguage?: sfn.QueryLanguage): object {
    return { ...super.toStateJson(queryLanguage), ...this.fields };
  }

  /** Called when the state becomes part of a state machine. */
  protected override whenBoundToGraph(graph: sfn.StateGraph): void {
    super.whenBoundToGraph(graph);
    for (const statement of this.statements) graph.registerPolicyStatement(statement);
  }
}

/** The time that the state has, at least that of one attempt of the job. */
function checkedTimeout(scope: Construct, { job, timeout, arraySize }: SubmitJobTaskProps): Duration {
  const attempt = job.attemptTimeout;
  const known = attempt !== undefined && !attempt.isUnresolved();
  const waiting = Duration.days(arraySize === undefined ? 1 : 7);
  if (timeout === undefined) return known ? waiting.plus(attempt) : waiting;
  if (!known || timeout.isUnresolved() || timeout.toMilliseconds() >= attempt.toMilliseconds()) return timeout;
  throw fail(
    scope,
    `'timeout' must not be shorter than the timeout of one attempt of ${job.node.path} (${attempt.toHumanString()}), ` +
      `got ${timeout.toHumanString()}: the time that the job waits in its queue counts as well`,
  );
}
