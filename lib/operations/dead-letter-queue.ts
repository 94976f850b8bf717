import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Defines a queue for events that could not be delivered. They stay there for 14 days, the longest that SQS offers.
 *
 * Encrypted by SQS itself: with a key of ours, EventBridge would drop events without a word whenever it may not use it.
 * @internal
 */
export function deadLetterQueue(scope: Construct, id: string): sqs.Queue {
  return new sqs.Queue(scope, id, {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
}
