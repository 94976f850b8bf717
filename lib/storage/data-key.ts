import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { allowLogs } from '../private/key-policy';

/** How a key for the platform's data is kept. */
export interface DataKeyProps {
  /**
   * What happens to the key when its stack is deleted; what it encrypted cannot be read without it.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines a key for everything that a platform stores: objects, tables, logs, queues and topics. It is rotated each year.
 *
 * CloudWatch Logs may use it for log groups of this account and region; topics and dead-letter queues admit EventBridge
 * and CloudWatch, compute environments those that start their instances. **Cost**: 1 USD a month, and as much again for
 * each of the first two rotations (https://aws.amazon.com/kms/pricing/).
 */
export class DataKey extends kms.Key {
  constructor(scope: Construct, id: string, props: DataKeyProps = {}) {
    super(scope, id, {
      description: 'Data of an AWS Batch platform',
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    allowLogs(this, this);
  }
}
