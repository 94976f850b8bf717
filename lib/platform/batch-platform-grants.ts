import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib';
import { PLATFORM_PARAMETERS } from '../contracts/descriptor';
import { SUBMISSIONS_PREFIX } from '../contracts/layout';
import { grantBucketRead } from '../job/bucket-access';
import { anyJobArn } from '../job/definition/job-definition-arn';
import { fail } from '../private/check';
import { grantHere } from '../private/grant-here';
import type { IBatchPlatform } from './batch-platform-interface';

/**
 * Permissions on a platform, for principals of this account and of others.
 *
 * Another account gets its permission in the policy of the resource: of the gateway, the bucket, the key, the table. Its own
 * administrator has to allow the same to the principal. What has no such policy is refused: give it to a role of this account
 * that the other account may assume.
 */
export class BatchPlatformGrants {
  /** Permissions on a platform, defined here or imported. */
  public static fromBatchPlatform(platform: IBatchPlatform): BatchPlatformGrants {
    return new BatchPlatformGrants(platform);
  }

  private constructor(private readonly platform: IBatchPlatform) {}

  /** Lets `grantee` submit the jobs of the platform, through its gateway: AWS Batch itself takes none of other accounts. */
  public submit(grantee: iam.IGrantable): iam.Grant {
    return this.platform.gateway.grants.invoke(grantee);
  }

  /** Lets `grantee` read the items and results of all submissions in the bucket of the platform, and decrypt them. */
  public readResults(grantee: iam.IGrantable): iam.Grant {
    const { bucket } = this.platform;
    const grant = grantBucketRead(bucket, grantee, SUBMISSIONS_PREFIX);
    if (grant.resourceStatements.length === 0 || bucket.policy !== undefined) return grant;
    const hint = 'grant it where the platform is defined';
    throw fail(this.platform, `the policy of a bucket of another stack cannot be changed: ${hint}`);
  }

  /**
   * Lets `grantee` find the platform: read its parameters, describe queues and jobs.
   *
   * Describing takes no narrower resource: it covers all queues and jobs in the account and Region.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    const name = PLATFORM_PARAMETERS.descriptor(this.platform.platformName).slice(1);
    const arnOf = (resourceName: string): string =>
      Stack.of(this.platform).formatArn({ service: 'ssm', resource: 'parameter', resourceName });
    return grantHere(
      this.platform,
      grantee,
      ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      [arnOf(name), arnOf(`${name}/*`)],
    ).combine(
      grantHere(this.platform, grantee, ['batch:DescribeJobQueues', 'batch:DescribeJobs', 'batch:ListJobs'], ['*']),
    );
  }

  /**
   * Lets `grantee` cancel and terminate jobs.
   *
   * AWS Batch knows jobs by their ids only: this covers all jobs in the account and Region. See `addTeam()` for less.
   */
  public operate(grantee: iam.IGrantable): iam.Grant {
    return grantHere(this.platform, grantee, ['batch:CancelJob', 'batch:TerminateJob'], [anyJobArn(this.platform)]);
  }
}
