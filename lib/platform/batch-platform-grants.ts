import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBatchPlatform } from './batch-platform-interface';

/** Permissions on a platform. */
export class BatchPlatformGrants {
  /** Permissions on a platform, defined here or imported. */
  public static fromBatchPlatform(platform: IBatchPlatform): BatchPlatformGrants {
    return new BatchPlatformGrants(platform);
  }

  private constructor(private readonly platform: IBatchPlatform) {}

  /** Lets `grantee` submit the jobs of the platform, through its gateway. */
  public submit(grantee: iam.IGrantable): iam.Grant {
    return this.platform.gateway.grants.invoke(grantee);
  }
}
