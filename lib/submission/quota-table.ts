import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { QUOTA_KEYS } from '../contracts/submission';
import { acknowledge } from '../private/acknowledge';

/**
 * Defines the table that counts what teams submit: one record for each team and window of time, which goes by itself.
 *
 * **Cost**: one or two writes, in transactions, for each submission of a team with a quota; nothing when idle.
 * @internal
 */
export class QuotaTable extends dynamodb.Table {
  public constructor(scope: Construct, id: string, encryptionKey?: kms.IKey) {
    super(scope, id, {
      partitionKey: { name: QUOTA_KEYS.team, type: dynamodb.AttributeType.STRING },
      sortKey: { name: QUOTA_KEYS.window, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: QUOTA_KEYS.expiry,
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption:
        encryptionKey === undefined ? dynamodb.TableEncryption.DEFAULT : dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // A count is worth nothing without its gateway.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this, 'second-copy', 'DynamoDBInBackupPlan');
  }
}
