import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';

/**
 * DynamoDB uses the key of a table on behalf of whoever calls it, and looks at the key before
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
 */
const TABLE_KEY = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
];

/** Lets `grantee` do this to a table, and use its key if it has one. @internal */
export function grantTable(table: dynamodb.ITable, grantee: iam.IGrantable, ...actions: string[]): void {
  table.grant(grantee, ...actions);
  table.encryptionKey?.grant(grantee, ...TABLE_KEY);
}
