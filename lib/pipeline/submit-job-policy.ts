import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { anyJobArn, anyRevisionArns } from '../job/definition/job-definition-arn';
import { tagsOf } from '../submission/submission-tags';
import type { SubmitJobCall } from './submit-job-call';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/**
 * What a state machine needs to submit a job and, if it does so, to wait for it and stop it
 * (https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html).
 * @internal
 */
export function submitJobStatements(
  scope: IConstruct,
  props: SubmitJobTaskProps,
  { waits, isOptimized }: SubmitJobCall,
): iam.PolicyStatement[] {
  const { job, tags } = props;
  const definition = anyRevisionArns(job);
  const jobs = anyJobArn(scope);
  return [
    allow(['batch:SubmitJob'], [(props.queue ?? job.queue).jobQueueArn, ...definition]),
    // A job gets its id from AWS Batch, and DescribeJobs takes no resource at all.
    ...(waits ? [allow(['batch:TerminateJob'], [jobs]), allow(['batch:DescribeJobs'], ['*'])] : []),
    ...(waits && isOptimized ? [allowEvents(scope)] : []),
    ...(tagsOf(job, tags) === undefined ? [] : [allow(['batch:TagResource'], [jobs, ...definition])]),
  ];
}

/** Step Functions learns of the end of a job by a rule of its own, which it makes when it needs it. */
function allowEvents(scope: IConstruct): iam.PolicyStatement {
  const rule = Stack.of(scope).formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: 'StepFunctionsGetEventsForBatchJobsRule',
  });
  return allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [rule]);
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
