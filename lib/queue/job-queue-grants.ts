import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantActions } from '../private/grant-actions';

/**
 * Permissions on a job queue.
 *
 * Which permissions AWS Batch can narrow to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
 */
export class JobQueueGrants {
  /** Permissions on any job queue, defined by any library or imported. */
  public static fromJobQueue(queue: batch.IJobQueueRef): JobQueueGrants {
    return new JobQueueGrants(queue);
  }

  private constructor(private readonly queue: batch.IJobQueueRef) {}

  /**
   * Lets `grantee` submit jobs to this queue.
   *
   * Submitting needs the permission on a job definition as well: `job.grants.submit(grantee)`.
   */
  public submit(grantee: iam.IGrantable): iam.Grant {
    return grantActions(grantee, ['batch:SubmitJob'], [this.queue.jobQueueRef.jobQueueArn]);
  }

  /**
   * Lets `grantee` see how this queue is set up, which jobs are in it and which of them are next.
   *
   * Only the latter can be narrowed to one queue: listing covers all queues in the account and Region.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const snapshot = grantActions(grantee, ['batch:GetJobQueueSnapshot'], [this.queue.jobQueueRef.jobQueueArn]);
    return snapshot.combine(grantActions(grantee, ['batch:DescribeJobQueues', 'batch:ListJobs'], ['*']));
  }
}
