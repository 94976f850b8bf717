import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantActions } from '../../private/grant-actions';
import { anyJobArn, anyRevisionArns } from './job-definition-arn';

/**
 * Permissions on a job definition and its jobs.
 *
 * Which permissions AWS Batch can narrow to what:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
 */
export class JobDefinitionGrants {
  /** Permissions on any job definition, defined by any library or imported. */
  public static fromJobDefinition(jobDefinition: batch.IJobDefinitionRef): JobDefinitionGrants {
    return new JobDefinitionGrants(jobDefinition);
  }

  private constructor(private readonly jobDefinition: batch.IJobDefinitionRef) {}

  /**
   * Lets `grantee` submit jobs of this definition, by name and with any revision.
   *
   * Submitting needs the permission on a job queue as well: `queue.grants.submit(grantee)`.
   */
  public submit(grantee: iam.IGrantable): iam.Grant {
    return grantActions(grantee, ['batch:SubmitJob'], anyRevisionArns(this.jobDefinition));
  }

  /**
   * Lets `grantee` submit jobs with tags of their own: without it, AWS Batch refuses a submission that has some.
   *
   * AWS Batch makes up the ids of jobs when they are submitted: this covers jobs of all definitions in the account and
   * Region.
   */
  public tag(grantee: iam.IGrantable): iam.Grant {
    const { jobDefinition } = this;
    return grantActions(grantee, ['batch:TagResource'], [anyJobArn(jobDefinition), ...anyRevisionArns(jobDefinition)]);
  }

  /**
   * Lets `grantee` cancel and terminate jobs.
   *
   * AWS Batch knows jobs by their ids only: this covers jobs of all definitions in the account and Region.
   */
  public terminate(grantee: iam.IGrantable): iam.Grant {
    return grantActions(grantee, ['batch:CancelJob', 'batch:TerminateJob'], [anyJobArn(this.jobDefinition)]);
  }

  /**
   * Lets `grantee` describe and list jobs.
   *
   * These actions take no narrower resource: this covers the jobs of all definitions in the account and Region.
   */
  public describe(grantee: iam.IGrantable): iam.Grant {
    return grantActions(grantee, ['batch:DescribeJobs', 'batch:ListJobs'], ['*']);
  }
}
