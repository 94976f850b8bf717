import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';

/** How the table of pipeline results is protected. */
export interface ResultsTableProps {
  /**
   * Key that encrypts the table.
   *
   * @default - a new key of this table, rotated each year (1 USD a month)
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the table when its stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines the table of pipeline results: one record for each submission of a pipeline, found by `pipeline` and
 * `submissionId`.
 *
 * It can be restored to any second of the last 35 days. **Cost**: by request and GB stored; nothing when idle and empty.
 */
export class ResultsTable extends dynamodb.Table {
  constructor(scope: Construct, id: string, props: ResultsTableProps = {}) {
    super(scope, id, {
      partitionKey: { name: 'pipeline', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'submissionId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    acknowledge(this, 'second-copy', 'DynamoDBInBackupPlan');
  }
}
