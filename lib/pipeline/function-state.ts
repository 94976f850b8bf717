import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** What Lambda answers when trying again helps (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html). */
const TRANSIENT = [
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/** How a function ends that was killed with its host; one that breaks by itself does so again. */
const LOST = ['Runtime.ExitError', 'Lambda.Unknown'];

/** A state that calls a function with `payload`; its output is the answer of the function. @internal */
export function functionState(
  scope: Construct,
  id: string,
  lambdaFunction: lambda.IFunction,
  payload: Record<string, unknown>,
  assign?: Record<string, string>,
): tasks.LambdaInvoke {
  const state = new InvokeState(scope, id, {
    queryLanguage: sfn.QueryLanguage.JSONATA,
    lambdaFunction,
    payload: sfn.TaskInput.fromObject(payload),
    outputs: '{% $states.result.Payload %}',
    assign,
    retryOnServiceExceptions: false,
  });
  state.addRetry({
    errors: TRANSIENT,
    interval: Duration.seconds(1),
    backoffRate: 2,
    maxDelay: Duration.minutes(1),
    maxAttempts: 8,
    jitterStrategy: sfn.JitterType.FULL,
  });
  state.addRetry({ errors: LOST, interval: Duration.seconds(1), backoffRate: 2, maxAttempts: 2 });
  return state;
}

/** Calls the function itself: the statement of aws-cdk-lib covers all of its versions and aliases as well. */
class InvokeState extends tasks.LambdaInvoke {
  protected override readonly taskPolicies: iam.PolicyStatement[];

  public constructor(scope: Construct, id: string, props: tasks.LambdaInvokeProps) {
    super(scope, id, props);
    const resources = [props.lambdaFunction.functionArn];
    this.taskPolicies = [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources })];
  }
}
