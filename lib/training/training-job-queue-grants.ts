import { Stack } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantActions } from '../private/grant-actions';

/**
 * Permissions on a queue of training jobs.
 *
 * Which permissions AWS Batch can narrow to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
 */
export class TrainingJobQueueGrants {
  /** Permissions on any queue of training jobs, defined by any library or imported. */
  public static fromTrainingJobQueue(queue: batch.IJobQueueRef): TrainingJobQueueGrants {
    return new TrainingJobQueueGrants(queue);
  }

  private constructor(private readonly queue: batch.IJobQueueRef) {}

  /**
   * Lets `grantee` submit training jobs to this queue, in the name of any of its quota shares.
   *
   * Submitting needs the permission to pass on the role of the job as well: `role.grantPassRole(grantee)`.
   */
  public submit(grantee: iam.IGrantable): iam.Grant {
    const { jobQueueArn } = this.queue.jobQueueRef;
    const resourceArns = [jobQueueArn, `${jobQueueArn}/quota-share/*`, this.anyJobArn];
    return grantActions(grantee, ['batch:SubmitServiceJob'], resourceArns);
  }

  /** AWS Batch makes up the ids of jobs when they are submitted. */
  private get anyJobArn(): string {
    return Stack.of(this.queue).formatArn({ service: 'batch', resource: 'service-job', resourceName: '*' });
  }
}
