import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { anyJobArn, anyRevisionArns } from '../job/job-definition-arn';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/**
 * What a state machine needs to submit a job, wait for it and stop it
 * (https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html).
 * @internal
 */
export function submitJobStatements(scope: IConstruct, props: SubmitJobTaskProps): iam.PolicyStatement[] {
  const { job, tags } = props;
  const definition = anyRevisionArns(job);
  const jobs = anyJobArn(scope);
  const statements = [
    allow(['batch:SubmitJob'], [(props.queue ?? job.queue).jobQueueArn, ...definition]),
    // A job gets its id from AWS Batch, and DescribeJobs takes no resource at all.
    allow(['batch:TerminateJob'], [jobs]),
    allow(['batch:DescribeJobs'], ['*']),
    // Step Functions learns of the end of a job by a rule of its own, which it makes when it needs it.
    allow(
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      [
        Stack.of(scope).formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: 'StepFunctionsGetEventsForBatchJobsRule',
        }),
      ],
    ),
  ];
  return tags === undefined ? statements : [...statements, allow(['batch:TagResource'], [jobs, ...definition])];
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
