import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { validateOverrides } from '../submission/overrides-length';
import { acknowledgeStatements } from './acknowledge-statements';
import { batchRetry } from './batch-retry';
import { polledJob } from './polled-job';
import { type SubmitJobCall, submitJobCall } from './submit-job-call';
import { submitJobStatements } from './submit-job-policy';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/**
 * A state that submits a job to AWS Batch and waits for its end.
 *
 * It ends when the job does, fails when the job does, and terminates the job when the state times out or the execution
 * is stopped. Calls that AWS Batch throttles (50 a second for the whole account) or fails to answer are repeated for
 * about half an hour. The state speaks JSONata, whatever the query language of the state machine.
 *
 * Step Functions by itself waits for jobs of one container only. For multi-node parallel jobs, pods, jobs of several
 * containers and jobs on ECS Managed Instances the state looks after the job itself: each time that a twentieth of the
 * time so far has passed, from every 15 seconds to every 10 minutes. It fails with `Batch.JobFailed` or
 * `Batch.JobTimedOut`; it terminates a job that takes too long, but **not** when the execution is stopped. **Cost**: a
 * few state transitions for each look, some 2 cents for a day (https://aws.amazon.com/step-functions/pricing/).
 *
 * The role of the state machine may submit this job to this queue, and nothing else.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 */
export class SubmitJobTask extends sfn.CustomState {
  private readonly call: SubmitJobCall;
  private readonly statements: iam.PolicyStatement[];

  public constructor(scope: Construct, id: string, props: SubmitJobTaskProps) {
    super(scope, id, { stateJson: { Type: 'Task', QueryLanguage: sfn.QueryLanguage.JSONATA } });
    this.call = submitJobCall(this, props);
    this.statements = submitJobStatements(this, props, this.call);
    this.node.addValidation({ validate: () => validateOverrides(this, this.call.submit) });
    acknowledgeStatements(this, this.statements);
    // Polling repeats single calls instead: the whole state would submit the job once more.
    if (!this.call.waits || this.call.isOptimized) this.addRetry(batchRetry(this.call.isOptimized));
  }

  /** The state in the Amazon States Language. */
  public override toStateJson(queryLanguage?: sfn.QueryLanguage): object {
    return { ...super.toStateJson(queryLanguage), ...this.fields() };
  }

  /** Called when the state becomes part of a state machine. */
  protected override whenBoundToGraph(graph: sfn.StateGraph): void {
    super.whenBoundToGraph(graph);
    for (const statement of this.statements) graph.registerPolicyStatement(statement);
  }

  private fields(): Record<string, unknown> {
    const { submit, waits, isOptimized, timeoutSeconds, output } = this.call;
    const { partition } = Stack.of(this);
    if (waits && !isOptimized) return polledJob(this.stateId, partition, this.call);
    const action = `${isOptimized ? '' : 'aws-sdk:'}batch:submitJob${waits ? '.sync' : ''}`;
    return {
      Resource: `arn:${partition}:states:::${action}`,
      Arguments: submit,
      Output: output,
      TimeoutSeconds: timeoutSeconds,
    };
  }
}
