import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { askOfImportedKey } from './imported-key';
import { isOfPlatform } from './platform-resources';

/** What a service needs of a key to write to what it encrypts. */
const WRITING = { actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] };

/**
 * Adds a statement to the policy of a key. May be called for each user of the key: equal statements become one.
 *
 * The policy of an imported key is not ours to change: one warning says all that it must have.
 *
 * @param otherwise What happens without the statement.
 * @internal
 */
export function admitToKey(scope: IConstruct, key: kms.IKey, statement: iam.PolicyStatement, otherwise: string): void {
  if (!key.addToResourcePolicy(statement, true).statementAdded) askOfImportedKey(scope, key, statement, otherwise);
}

/** Lets CloudWatch Logs encrypt log groups of the stack of `scope` with `key`. @internal */
export function allowLogs(scope: IConstruct, key: kms.IKey): void {
  if (isOfPlatform(key)) return;
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statement = new iam.PolicyStatement({
    sid: 'CloudWatchLogs',
    // In the partition of China it ends in another domain, as few principals do.
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
  admitToKey(scope, key, statement, 'CloudWatch Logs makes no log group');
}

/** Lets EventBridge write to topics and queues that are encrypted with `key`. @internal */
export function allowEvents(scope: IConstruct, key: kms.IKey): void {
  if (isOfPlatform(key)) return;
  // No condition on aws:SourceArn or aws:SourceAccount: EventBridge does not send them to KMS, and what it publishes
  // would be dropped without a word.
  const statement = new iam.PolicyStatement({
    sid: 'Events',
    principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    ...WRITING,
  });
  admitToKey(scope, key, statement, 'what EventBridge sends to topics and queues is lost');
}

/** Lets alarms of the account write to topics that are encrypted with `key`. @internal */
export function allowAlarms(scope: IConstruct, key: kms.IKey): void {
  if (isOfPlatform(key)) return;
  const statement = new iam.PolicyStatement({
    sid: 'Alarms',
    principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
    ...WRITING,
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
  admitToKey(scope, key, statement, 'what alarms send to topics is lost');
}
