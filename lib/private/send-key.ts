import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';

/**
 * Lets `grantee` send to queues and topics that are encrypted with `key`: new data keys, and the ones that SQS and SNS
 * reuse for some minutes.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @internal
 */
export function grantSendKey(grantee: iam.IGrantable, key?: kms.IKey): void {
  key?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
}
