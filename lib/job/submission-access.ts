import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { SUBMISSIONS_PREFIX } from '../contracts/layout';
import { grantBucketRead, grantBucketWrite } from './bucket-access';

/** Lets a worker of submissions read items and results, and write results. @internal */
export function grantSubmissionAccess(bucket: s3.IBucket, worker: iam.IGrantable): void {
  grantBucketRead(bucket, worker, SUBMISSIONS_PREFIX);
  grantBucketWrite(bucket, worker, `${SUBMISSIONS_PREFIX}*/results/*`);
}
