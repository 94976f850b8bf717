import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';

/**
 * Defines a queue for events that could not be delivered. They stay there for 14 days, the longest that SQS offers.
 *
 * Encrypted with `key` or, without one, by SQS itself. Who sends to it must be allowed to use the key, or what is sent is
 * lost without a word.
 * @internal
 */
export function deadLetterQueue(scope: Construct, id: string, key?: kms.IKey): sqs.Queue {
  const queue = new sqs.Queue(scope, id, {
    encryption: key === undefined ? sqs.QueueEncryption.SQS_MANAGED : sqs.QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, 'dead-letter-queue');
  return queue;
}
