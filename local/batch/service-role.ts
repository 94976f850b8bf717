import type { Principal } from '../core/service';
import type { World } from '../core/world';

/** The service-linked role that AWS Batch acts by when it does something for itself. */
export const serviceRoleOf = ({ partition, account }: World): Principal => ({
  arn: `arn:${partition}:iam::${account}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch`,
});
