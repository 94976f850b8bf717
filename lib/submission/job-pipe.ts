import * as pipes from 'aws-cdk-lib/aws-pipes';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { serviceRole } from '../private/service-role';
import { grantSubmission } from './delivery';
import { eventSubmission } from './event-submission';
import type { EventSubmissionOptions } from './event-submission-options';

/**
 * Which messages become jobs, and how. Texts of `parameters`, `command` and `environment` may be paths into the message,
 * such as `$.body.key` when the body is JSON, or `$.messageId`.
 */
export interface JobPipeProps extends EventSubmissionOptions {
  /** Job to submit: the latest active revision of its definition. */
  readonly job: IBatchJob;

  /**
   * Queue with the messages. One that cannot become a job comes back after its visibility time-out: give the queue a
   * dead-letter queue.
   */
  readonly source: sqs.IQueue;

  /**
   * Patterns of messages that become jobs, as EventBridge writes them: a message that matches none of them is deleted.
   *
   * @default - every message becomes a job
   */
  readonly filters?: string[];

  /**
   * Role that reads the messages and submits the jobs.
   *
   * @default - a role of its own that may do just that
   */
  readonly role?: iam.IRole;
}

/**
 * Submits a job for each message of an SQS queue, by EventBridge Pipes.
 *
 * Resources: a pipe and a role that may read this queue and submit this job, any revision of it. A message that SQS
 * delivers twice is submitted twice: jobs should bear that. **Cost**: by request, 0.40 USD a million
 * (https://aws.amazon.com/eventbridge/pricing/).
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-targets-specifics.html
 */
export class JobPipe extends Construct {
  /** Role that reads the messages and submits the jobs. */
  public readonly role: iam.IRole;

  public constructor(scope: Construct, id: string, props: JobPipeProps) {
    super(scope, id);
    const { job, source, filters = [] } = props;
    const { jobQueue, ...parameters } = eventSubmission(this, job, props, 'a pipe');
    this.role = props.role ?? serviceRole(this, 'Role', 'pipes', 'pipe');
    // What pipes ask for (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html).
    source.grant(this.role, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes');
    source.encryptionMasterKey?.grantDecrypt(this.role);
    grantSubmission(this.role, job, props.queue);

    const resource = new pipes.CfnPipe(this, 'Resource', {
      roleArn: this.role.roleArn,
      source: source.queueArn,
      sourceParameters: {
        // AWS Batch takes one job at a time.
        sqsQueueParameters: { batchSize: 1 },
        filterCriteria: filters.length === 0 ? undefined : { filters: filters.map((pattern) => ({ pattern })) },
      },
      target: jobQueue,
      targetParameters: { batchJobParameters: parameters },
    });
    // The pipe reads and submits as soon as it exists.
    resource.node.addDependency(this.role);
  }
}
