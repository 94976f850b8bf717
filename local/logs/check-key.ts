import { AwsError } from '../core/errors';
import type { World } from '../core/world';

/** What CloudWatch Logs does with a key by itself; DescribeKey, which it wants as well, has no encryption context. */
const ACTIONS = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey'];

/**
 * Refuses a key whose policy does not let CloudWatch Logs use it for this log group.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const checkKey = async (world: World, resource: string, logGroup: string): Promise<void> => {
  const service = `logs.${world.region}.amazonaws.com`;
  const arn = world.arn('logs', `log-group:${logGroup}`);
  const context = { 'kms:EncryptionContext:aws:logs:arn': arn };
  for (const action of ACTIONS) {
    const principal = { arn: service, service };
    const denial = await world.denial({ principal, action: `kms:${action}`, resource, context });
    if (denial === undefined) continue;
    throw new AwsError(
      'AccessDeniedException',
      `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`,
    );
  }
};
