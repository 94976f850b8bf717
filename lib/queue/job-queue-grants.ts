import * as iam from 'aws-cdk-lib/aws-iam';
import type * as batch from 'aws-cdk-lib/aws-batch';

/** Permissions on a job queue. */
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
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['batch:SubmitJob'],
      resourceArns: [this.queue.jobQueueRef.jobQueueArn],
    });
  }
}
